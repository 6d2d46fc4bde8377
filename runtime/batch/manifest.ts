// What made a result: every file and choice that went into a run and every file that came out, as JSON beside the output. Enough to
// repeat the run, and to say later what has changed. It is read as something that a stranger may have written.

import { z } from 'zod'

export const manifestFormat = 'heng-manifest'

/** Raised when a change makes an older Heng misread a manifest. */
export const manifestVersion = 1

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().nonnegative()
/** No system takes longer ones; `-` is standard input. */
const fileName = z
  .string()
  .min(1)
  .max(4096)
  .refine((name) => !name.includes('\0') && name !== '-')

const digest = { bytes: count, sha256: hash }

const fileDigest = z.strictObject({ file: fileName, ...digest })
export type FileDigest = z.infer<typeof fileDigest>

const options = z.strictObject({
  asOf: z.array(z.strictObject({ name: z.string(), date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) })),
  scenario: z.string().nullable(),
  trial: z.boolean(),
  quota: z
    .string()
    .regex(/^(0|[1-9]\d{0,8})$/)
    .nullable()
    .describe('Places given with --quota.'),
  seed: z.string().nullable().describe('Seed of the lot.'),
  language: z.enum(['zh', 'en']).describe('Of columns, states and remarks, and of the rejected rows.'),
  byteOrderMark: z.boolean(),
  bounds: z.boolean().describe('Whether scores have the lowest and the highest of every figure.'),
})

const inputs = z.strictObject({
  policy: fileDigest,
  bases: z.array(fileDigest).describe('Policies that it takes in; a compiled policy has them inside.'),
  people: fileDigest,
  records: z
    .array(z.strictObject({ fact: z.string(), ...fileDigest.shape }))

    .describe('Files of records, by their fact.'),
  quotas: fileDigest.nullable().describe('Places by list.'),
})

const outputs = z.strictObject({
  result: z.strictObject({ file: fileName.nullable(), ...digest }).describe('Scores or ranking; `file` is null for standard output.'),
  rejects: z
    .union([fileDigest, z.strictObject({ file: fileName, absent: z.literal(true) })])
    .nullable()
    .describe('Rejected rows; `absent` when there were none and so no file, null when none was asked for.'),
})

export const manifest = z
  .strictObject({
    format: z.literal(manifestFormat),
    version: z.literal(manifestVersion),
    heng: z.strictObject({ version: z.string(), policyFormat: count }).describe('Version of Heng, and of the compiled form of policies.'),
    command: z.strictObject({
      name: z.enum(['score', 'rank']),
      argv: z.array(z.string()).describe('As it was given. For people: a run is repeated from the fields, never from this.'),
      line: z.string().describe('The same for a shell.'),
      folder: fileName.describe('Where it was given, as seen from the folder of the manifest: names of files are relative to it.'),
    }),
    policy: z.strictObject({
      policyHash: hash,
      artifactHash: hash,
      sources: z
        .array(z.strictObject({ path: z.string(), sha256: hash }))

        .describe('Texts that it was compiled from, by its own word.'),
    }),
    options,
    inputs,
    outputs,
  })
  .refine(({ command, options: { quota, seed }, inputs: { quotas } }) => command.name === 'rank' || (quota === null && seed === null && quotas === null), {
    path: ['command', 'name'],
  })
  // Rejected rows stand beside a result by themselves.
  .refine(({ outputs: { result, rejects } }) => result.file === null || rejects !== null, { path: ['outputs', 'rejects'] })
export type Manifest = z.infer<typeof manifest>

export type ReadManifest =
  | { readonly ok: true; readonly manifest: Manifest }
  /** `future`: of a later version than this Heng knows. `at` names the fields that are missing, unknown or have another form. */
  | { readonly ok: false; readonly reason: 'not-manifest' | 'future' | 'schema'; readonly at: readonly string[] }

/** @param data what JSON holds; nothing in it is relied on */
export function readManifest(data: unknown): ReadManifest {
  const refused = (reason: 'not-manifest' | 'future' | 'schema', at: readonly string[] = []): ReadManifest => ({ ok: false, reason, at })
  if (typeof data !== 'object' || data === null || !('format' in data) || data.format !== manifestFormat || !('version' in data)) return refused('not-manifest')
  const { version } = data
  if (typeof version !== 'number') return refused('not-manifest')
  if (version > manifestVersion) return refused('future', [String(version)])
  const parsed = manifest.safeParse(data, { jitless: true })
  return parsed.success ? { ok: true, manifest: parsed.data } : refused('schema', [...new Set(parsed.error.issues.flatMap(placesOf))])
}

/** A field that nobody knows is told by its own name. */
function placesOf(issue: z.core.$ZodIssue): readonly string[] {
  const path = issue.path.map(String)
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key].join('.')) : [path.join('.')]
}
