// heng verify: whether what a file says of a run, or of anything else that Heng made, still holds. The file says what it is.

import { statSync } from 'node:fs'
import { manifestFormat } from '../batch/manifest.ts'
import type { Language } from '../problems.ts'
import type { Common, ExitCode } from './common.ts'
import { CannotRun, readText } from './files.ts'
import { say } from './text.ts'
import { verifyManifestFile } from './verify-manifest.ts'

export interface VerifyOptions extends Common {
  /** Folder that names of files are relative to, instead of what the file says. */
  readonly from: string | undefined
}

/** What can be verified, by the `format` that it says. */
const verifiers: Readonly<Record<string, (path: string, data: unknown, options: VerifyOptions) => Promise<ExitCode>>> = {
  [manifestFormat]: verifyManifestFile,
}

const words: Readonly<
  Record<Language, { readonly notJson: (path: string) => string; readonly unknown: (path: string) => string; readonly large: (path: string) => string }>
> = {
  zh: {
    notJson: (path) => `${path} 不是完整的 JSON，可能写到一半断了，或被改动过：要 --manifest 写出的清单`,
    unknown: (path) => `${path} 不是清单：要 heng score 或 heng rank 用 --manifest 写出的文件`,
    large: (path) => `${path} 太大，不像清单：要 --manifest 写出的文件`,
  },
  en: {
    notJson: (path) => `${path} is no whole JSON; it may have been cut off or changed. Give a manifest, as --manifest writes it`,
    unknown: (path) => `${path} is no manifest: give what heng score or heng rank wrote with --manifest`,
    large: (path) => `${path} is too large for a manifest: give what --manifest wrote`,
  },
}

/** No manifest comes near it. */
const largest = 64_000_000

/** 0 all the same, 1 a difference, 2 it could not be verified. */
export async function verifyCommand(path: string, options: VerifyOptions): Promise<ExitCode> {
  const w = words[options.language]
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largest) throw new CannotRun(w.large(path))
  const text = await readText(path, say[options.language].cannotRead)
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw new CannotRun(w.notJson(path))
  }
  const format = typeof data === 'object' && data !== null && 'format' in data && typeof data.format === 'string' ? data.format : ''
  const verify = Object.hasOwn(verifiers, format) ? verifiers[format] : undefined
  if (!verify) throw new CannotRun(w.unknown(path))
  return verify(path, data, options)
}
