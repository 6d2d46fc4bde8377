// A manifest against the files of now and a run made anew: what has changed since, one finding for each thing that was compared.

import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { type Digest, digestFile, sameDigest } from './digest.ts'
import type { FileDigest, Manifest } from './manifest.ts'

/** `appeared`: no file then, and one now. `unkept`: it went to standard output, and nobody can look it up again. */
export type FileState = 'same' | 'changed' | 'missing' | 'unreadable' | 'appeared' | 'unkept'

/** What is no difference. */
export const isFine = (state: FileState): boolean => state === 'same' || state === 'unkept'

export interface ComparedFile {
  readonly role: 'policy' | 'base' | 'people' | 'records' | 'quotas' | 'result' | 'rejects'
  /** Of `records`: their fact. */
  readonly fact?: string
  /** As the command named it; `null` for standard output. */
  readonly file: string | null
  readonly state: FileState
}

/** What a run made anew gave. */
export type Repeated =
  | {
      readonly ok: true
      readonly policy: Manifest['policy']
      /** Policies that it takes in now, by path. */
      readonly bases: readonly string[]
      readonly result: Digest
      readonly rejects: Digest | undefined
    }
  | { readonly ok: false; readonly reason: string }

export interface Verdict {
  readonly inputs: readonly ComparedFile[]
  /** Bases that the policy takes in now and did not then. */
  readonly newBases: readonly string[]
  readonly outputs: readonly ComparedFile[]
  readonly version: { readonly then: Manifest['heng']; readonly now: Manifest['heng']; readonly same: boolean }
  /** `undefined` where the run could not be made again. */
  readonly policy: { readonly sameRules: boolean; readonly same: boolean } | undefined
  /** The run made anew, beside the manifest. */
  readonly repeated: { readonly result: boolean; readonly rejects: boolean } | undefined
  /** Why the run could not be made again. */
  readonly notRepeated: string | undefined
  readonly same: boolean
}

/**
 * Names are resolved from the current folder, which is that of the command.
 * @param repeat makes the run again, of which nothing reaches the outputs on disk; not asked when an input is missing
 */
export async function verifyManifest(manifest: Manifest, now: Manifest['heng'], repeat: () => Promise<Repeated>): Promise<Verdict> {
  const inputs = await Promise.all(inputsOf(manifest).map(async ({ expected, ...about }) => ({ ...about, state: await stateOf(expected) })))
  const outputs = await Promise.all(outputsOf(manifest).map(async ({ expected, ...about }) => ({ ...about, state: await stateOf(expected) })))
  const canRun = inputs.every(({ state }) => state === 'same' || state === 'changed')
  const repeated = canRun ? await repeat() : undefined
  const then = manifest.heng
  const version = { then, now, same: then.version === now.version && then.policyFormat === now.policyFormat }
  const compared = repeated?.ok ? compare(manifest, repeated) : { newBases: [], policy: undefined, repeated: undefined }
  const same =
    version.same &&
    [...inputs, ...outputs].every(({ state }) => isFine(state)) &&
    compared.newBases.length === 0 &&
    compared.policy?.same === true &&
    compared.repeated?.result === true &&
    compared.repeated.rejects
  return { inputs, outputs, version, ...compared, notRepeated: repeated?.ok === false ? repeated.reason : undefined, same }
}

interface Expected extends Omit<ComparedFile, 'state'> {
  readonly expected: FileDigest | { readonly file: string; readonly absent: true } | undefined
}

function inputsOf({ inputs: { policy, bases, people, records, quotas } }: Manifest): readonly Expected[] {
  const as = (role: ComparedFile['role'], expected: FileDigest): Expected => ({ role, file: expected.file, expected })
  return [
    as('policy', policy),
    ...bases.map((base) => as('base', base)),
    as('people', people),
    ...records.map(({ fact, ...file }) => ({ ...as('records', file), fact })),
    ...(quotas ? [as('quotas', quotas)] : []),
  ]
}

function outputsOf({ outputs: { result, rejects } }: Manifest): readonly Expected[] {
  const { file, ...digest } = result
  const expected = file === null ? undefined : { file, ...digest }
  return [{ role: 'result', file, expected }, ...(rejects ? [{ role: 'rejects' as const, file: rejects.file, expected: rejects }] : [])]
}

async function stateOf(expected: Expected['expected']): Promise<FileState> {
  if (expected === undefined) return 'unkept'
  if ('absent' in expected) return existsSync(expected.file) ? 'appeared' : 'same'
  try {
    return sameDigest(await digestFile(expected.file), expected) ? 'same' : 'changed'
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable'
  }
}

function compare({ policy, inputs, outputs }: Manifest, now: Repeated & { readonly ok: true }): Pick<Verdict, 'newBases' | 'policy' | 'repeated'> {
  const known = new Set(inputs.bases.map(({ file }) => file))
  const { rejects } = outputs
  const written = rejects !== null && 'sha256' in rejects ? rejects : undefined
  return {
    newBases: now.bases.filter((file) => !known.has(file)),
    policy: { sameRules: policy.policyHash === now.policy.policyHash, same: isDeepStrictEqual(policy, now.policy) },
    repeated: {
      result: sameDigest(outputs.result, now.result),
      rejects: written === undefined || now.rejects === undefined ? written === now.rejects : sameDigest(written, now.rejects),
    },
  }
}
