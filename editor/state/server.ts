// The local server as the studio uses it. Nothing else is ever called.

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

export async function listPolicies(): Promise<readonly string[]> {
  const response = await fetch('/api/policies')
  if (!response.ok) throw new Error(String(response.status))
  return ((await response.json()) as { policies: string[] }).policies
}

const address = (path: string) => `/api/policy?path=${encodeURIComponent(path)}`

export const readPolicy = (path: string): Promise<StoredPolicy> => read(address(path))

/** An official text beside a policy. */
export const readOfficial = (path: string): Promise<StoredPolicy> => read(`/api/text?path=${encodeURIComponent(path)}`)

async function read(url: string): Promise<StoredPolicy> {
  const response = await fetch(url)
  const body = (await response.json()) as StoredPolicy & { error?: string }
  if (body.error !== undefined || !response.ok) throw new Error(body.error ?? String(response.status))
  return body
}

/** @param base hash of the file that this text builds on @param toUtf8 also over a file that is GB18030 */
export async function savePolicy(path: string, text: string, base: string, toUtf8: boolean): Promise<SaveResult> {
  const response = await fetch(address(path), {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-heng': 'studio' },
    body: JSON.stringify({ text, base, toUtf8 }),
  })
  const body = (await response.json()) as SaveResult & { error?: string }
  return response.ok ? body : { kind: 'failed', reason: body.error ?? String(response.status) }
}
