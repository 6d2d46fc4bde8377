// Watches a run for its manifest: what went in before it begins, that nothing of it changed meanwhile, and what came out.

import { existsSync, statSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, relative, sep } from 'node:path'
import type { Writable } from 'node:stream'
import project from '../../package.json' with { type: 'json' }
import type { Inputs } from '../batch/applicants.ts'
import { DigestStream, digestFile } from '../batch/digest.ts'
import { type FileDigest, type Manifest, manifestFormat, manifestVersion } from '../batch/manifest.ts'
import { destinationOf, writeWhole } from '../files/whole-file.ts'
import { artifactHashOf } from '../ir/hash.ts'
import type { Policy } from '../ir/schema.ts'
import { formatVersion } from '../ir/version.ts'
import type { Run } from '../run.ts'
import { printError } from './common.ts'
import { CannotRun, reasonOf } from './files.ts'
import type { RankOptions } from './rank.ts'
import type { ScoreOptions } from './score.ts'
import { commandLine } from './shell.ts'
import { say } from './text.ts'

/** Who looks on while a run goes from its inputs to standard output. */
export interface Observer {
  readonly stdout: Writable
  /** Everything is read of the policy, and nothing yet of the people. */
  begin(run: Run, inputs: Inputs): Promise<void>
}

export const nobody: Observer = { stdout: process.stdout, begin: async () => {} }

/** This Heng, as a manifest names it. */
export const thisHeng: Manifest['heng'] = { version: project.version, policyFormat: formatVersion }

/** Policies that a text takes in, as they are found from the folder of the command; a compiled policy has them inside. */
export const basesOf = (path: string, { sources }: Policy): readonly string[] => (path.endsWith('.json') ? [] : sources.slice(1).map((source) => source.path))

/** A compiled policy, as a manifest names it. */
export const policyIn = (policy: Policy): Manifest['policy'] => ({
  policyHash: policy.policyHash,
  artifactHash: artifactHashOf(policy),
  sources: policy.sources,
})

/** What `score` or `rank` was asked for. */
export type WitnessedOptions = Omit<RankOptions, 'explain'> & Pick<ScoreOptions, 'bounds'>

/** @returns `undefined` when no manifest is asked for */
export function witnessOf(name: Manifest['command']['name'], path: string, options: WitnessedOptions): Witness | undefined {
  const { manifest, language } = options
  if (manifest === undefined) return undefined
  if (path === '-') throw new CannotRun(say[language].manifestNeedsFile)
  return new Witness(name, path, options, manifest)
}

/** It names files of people and the seed of a lot. */
const ownerOnly = 0o600

class Witness implements Observer {
  readonly stdout = new DigestStream(process.stdout)
  readonly #name: Manifest['command']['name']
  readonly #policy: string
  readonly #options: WitnessedOptions
  readonly #manifest: string
  readonly #seen = new Map<string, string>()
  #begun: Pick<Manifest, 'policy' | 'options' | 'inputs'> | undefined

  constructor(name: Manifest['command']['name'], policy: string, options: WitnessedOptions, manifest: string) {
    this.#name = name
    this.#policy = policy
    this.#options = options
    this.#manifest = manifest
    this.#seen.set(policy, fingerprint(policy))
  }

  async begin({ policy, dates }: Run, { people, records }: Inputs): Promise<void> {
    const { scenario, trial, quota, quotaFile, seed, language, bom, bounds } = this.#options
    const files: (FileDigest & { readonly fact: string })[] = []
    for (const [fact, { path }] of records) files.push({ fact, ...(await this.#digest(path)) })
    const bases: FileDigest[] = []
    for (const path of basesOf(this.#policy, policy)) bases.push(await this.#digest(path))
    this.#begun = {
      policy: policyIn(policy),
      options: {
        asOf: Object.entries(dates).map(([name, date]) => ({ name, date: date ?? '' })),
        scenario: scenario ?? null,
        trial,
        quota: quota ?? null,
        seed: seed ?? null,
        language,
        byteOrderMark: bom,
        bounds,
      },
      inputs: {
        policy: await this.#digest(this.#policy),
        bases,
        people: await this.#digest(people.path),
        records: files,
        quotas: quotaFile === undefined ? null : await this.#digest(quotaFile),
      },
    }
  }

  /** Writes the manifest of a run that is done. @throws CannotRun */
  async end(out: string | undefined, rejects: string | undefined): Promise<void> {
    const w = say[this.#options.language]
    if (!this.#begun) throw new Error('a run that ended had not begun')
    for (const [path, before] of this.#seen) if (fingerprint(path) !== before) throw new CannotRun(w.changedMeanwhile(path))
    const manifest: Manifest = {
      format: manifestFormat,
      version: manifestVersion,
      heng: thisHeng,
      command: { name: this.#name, ...commandLine(process.argv.slice(2), process.env), folder: await this.#folder() },
      ...this.#begun,
      outputs: {
        result: out === undefined ? { file: null, ...(await this.stdout.digest()) } : { file: out, ...(await digestFile(out)) },
        rejects: rejects === undefined ? null : existsSync(rejects) ? { file: rejects, ...(await digestFile(rejects)) } : { file: rejects, absent: true },
      },
    }
    await writeWhole(this.#manifest, `${JSON.stringify(manifest, null, 2)}\n`, ownerOnly).catch((error: unknown) => {
      throw new CannotRun(w.cannotWrite(this.#manifest, reasonOf(error)))
    })
    if (!this.#options.json) printError(w.manifestAt(this.#manifest))
  }

  /** Links followed on both sides, so that a manifest that is moved with its files leads to them. */
  async #folder(): Promise<string> {
    const from = relative(dirname(destinationOf(this.#manifest)), await realpath('.'))
    return from === '' ? '.' : from.split(sep).join('/')
  }

  async #digest(path: string): Promise<FileDigest> {
    if (!this.#seen.has(path)) this.#seen.set(path, fingerprint(path))
    return { file: path, ...(await digestFile(path)) }
  }
}

function fingerprint(path: string): string {
  const about = statSync(path, { bigint: true, throwIfNoEntry: false })
  return about ? [about.dev, about.ino, about.size, about.mtimeNs, about.ctimeNs].join(' ') : ''
}
