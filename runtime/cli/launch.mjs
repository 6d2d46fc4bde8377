// Which Node runs the project: this one if it is new enough, else the one that npm brought. Plain JavaScript, for the Node that starts it
// may be too old to read anything else of the project.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where compiled code is kept, so that the next start is quicker. */
export const cache = process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules/.cache/node')

export const isNewEnough = Number(process.versions.node.split('.')[0]) >= 24

/** Only the programs that npm can bring are named. */
function broughtNode() {
  const program = process.platform === 'win32' ? 'node.exe' : 'node'
  const system = process.platform === 'win32' ? 'win' : process.platform
  const path = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin', program)
  return existsSync(path) ? path : undefined
}

/**
 * Ends as the program ends: with its exit code, or by the signal that ended it.
 * @param {readonly string[]} args
 * @param {boolean} isTied whether the program has a channel by which it sees this process gone, also when it was killed
 */
export function runNode(args, isTied = false) {
  const node = isNewEnough ? process.execPath : broughtNode()
  if (node === undefined) {
    process.stderr.write(
      `heng: needs Node 24 (found ${process.versions.node}), and npm did not bring it: run npm ci, not leaving out optional dependencies; or install Node 24.\n`,
    )
    process.exit(1)
  }
  // What the program starts in turn finds the same Node.
  const PATH = [dirname(node), process.env.PATH ?? ''].join(delimiter)
  const stdio = isTied ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit'
  const child = spawn(node, args, { stdio, env: { ...process.env, PATH, NODE_COMPILE_CACHE: cache } })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) {
    // At a terminal Ctrl+C reaches the program by itself.
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    process.stderr.write(`heng: ${error.message}\n`)
    process.exit(1)
  })
  child.on('close', (code, signal) => {
    for (const each of signals) process.removeAllListeners(each)
    if (signal) process.kill(process.pid, signal)
    else process.exit(code ?? 1)
  })
}
