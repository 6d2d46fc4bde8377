// The local server as the studio uses it. Nothing else is ever called.

import type { Head } from '../../language/service/head.ts'
import type { Draft, KeptDraft, KeptPeople, PeopleChange, Standing } from '../desk.ts'

export interface StoredPolicy {
  readonly text: string
  readonly hash: string
  /** Where the file is not UTF-8. */
  readonly encoding?: 'gb18030'
}

export type SaveResult =
  | { readonly kind: 'saved'; readonly hash: string }
  | { readonly kind: 'conflict'; readonly onDisk: StoredPolicy }
  /** It is GB18030, and is saved only as UTF-8, when that is asked for. */
  | { readonly kind: 'gb18030' }
  /** What stands in the file by now is no text, and nothing was written over it. */
  | { readonly kind: 'unread'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string }

export interface Listed {
  /** The files of the folder, and drafts of files that are gone. */
  readonly policies: readonly string[]
  /** Those with unfinished work. */
  readonly drafts: readonly string[]
  /** What each is called and when it holds, of those that can be read. */
  readonly heads: Readonly<Record<string, Head>>
}

export async function listPolicies(): Promise<Listed> {
  const { policies, drafts, heads } = await ask<Listed>('/api/policies')
  return { policies: [...policies, ...drafts.filter((path) => !policies.includes(path))], drafts, heads }
}

const of = (room: string, path: string) => `/api/${room}?path=${encodeURIComponent(path)}`
const address = (path: string) => of('policy', path)

/** What is newest of a policy: its file, its draft, its people. */
export const readStanding = (path: string): Promise<Standing> => ask(of('standing', path))

export const readDraft = (path: string): Promise<KeptDraft> => ask(of('draft', path))

export type DraftAnswer = { readonly kind: 'kept'; readonly revision: number } | ({ readonly kind: 'behind' } & KeptDraft)

/** @param leaves whether the page goes away: then the request outlives it, and a draft that comes too late is set aside */
export const putDraft = (path: string, draft: Draft | undefined, from: number, leaves: boolean): Promise<DraftAnswer> =>
  ask(of('draft', path), { ...change('PUT', { draft: draft ?? null, from, leaves }), keepalive: leaves })

export const setAside = (path: string, draft: Draft): Promise<KeptDraft> => ask(of('aside', path), change('POST', { draft }))

export const dropAside = (path: string, id: string): Promise<KeptDraft> => ask(`${of('aside', path)}&id=${encodeURIComponent(id)}`, change('DELETE', {}))

export const readPeople = (path: string): Promise<KeptPeople> => ask(of('people', path))

export const changePeople = (path: string, changes: readonly PeopleChange[]): Promise<KeptPeople> =>
  ask(of('people', path), { ...change('POST', { changes }), keepalive: true })

const change = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', 'x-heng': 'studio' },
  body: JSON.stringify(body),
})

/** @throws what the server says is wrong, or that it does not answer */
async function ask<T>(url: string, request?: RequestInit): Promise<T> {
  const response = await fetch(url, request)
  const body = (await response.json()) as T & { error?: string }
  if (!response.ok || body.error !== undefined) throw new Error(body.error ?? String(response.status))
  return body
}

export const readPolicy = (path: string): Promise<StoredPolicy> => ask(address(path))

/** An official text or a sample file beside a policy. */
export const readBeside = (path: string): Promise<StoredPolicy> => ask(of('text', path))

export interface FoundLine {
  readonly path: string
  readonly line: number
  readonly column: number
  readonly text: string
}

/** Lines of the folder's policies, as they are being written, that hold some words. */
export const findLines = (words: string): Promise<readonly FoundLine[]> => ask(`/api/search?words=${encodeURIComponent(words)}`)

/** @param base hash of the file that this text builds on @param toUtf8 also over a file that is GB18030 */
export async function savePolicy(path: string, text: string, base: string, toUtf8: boolean): Promise<SaveResult> {
  const response = await fetch(address(path), change('PUT', { text, base, toUtf8 }))
  const body = (await response.json()) as SaveResult & { error?: string }
  return response.ok ? body : { kind: 'failed', reason: body.error ?? String(response.status) }
}
