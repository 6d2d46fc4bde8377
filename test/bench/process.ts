// Runs a command to its end, with its time and the most memory that it held.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

export interface Run {
  readonly milliseconds: number
  /** Resident memory at its most, in MB; 0 where the system does not tell. */
  readonly peak: number
  readonly stdout: string
}

export async function run(command: string, args: readonly string[]): Promise<Run> {
  const start = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [peak, stdout, stderr] = [0, '', '']
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  const timer = setInterval(() => {
    peak = Math.max(peak, residentPeak(child.pid))
  }, 20)
  const [code] = (await once(child, 'close')) as [number | null]
  clearInterval(timer)
  // Rejected rows are a finding, not a failure.
  if (code !== 0 && code !== 1) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stderr}`)
  return { milliseconds: performance.now() - start, peak, stdout }
}

function residentPeak(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
