// Starts the studio: builds what it needs, serves on loopback, opens the browser.

import { existsSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { basename, resolve } from 'node:path'
import { serve } from '@hono/node-server'
import openInBrowser from 'open'
import { abandonUnfinished } from '../../runtime/files/whole-file.ts'
import { studioApp } from './app.ts'
import { builtPages } from './build.ts'
import { type Desk, openDesk, stateFolder } from './desk.ts'
import { words } from './words.ts'

export interface StudioOptions {
  readonly folder: string
  /** 0 takes any free port; without one it is the folder's own, so that a browser finds what it keeps again. */
  readonly port?: number | undefined
  readonly open: boolean
  readonly language: 'zh' | 'en'
}

/** @returns the address once the server listens, or one that shows this folder already; `undefined` after saying why it cannot */
export async function startStudio(options: StudioOptions): Promise<string | undefined> {
  const w = words[options.language]
  const folder = resolve(options.folder)
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return refuse(existsSync(folder) ? w.isFile(options.folder) : w.noFolder(options.folder))
  const { port } = options
  if (port !== undefined && (!Number.isInteger(port) || port < 0 || port > 65_535)) return refuse(w.noPort)
  const desk = deskOf(folder, w)
  if (desk === undefined) return undefined
  const pages = await builtPages(() => process.stderr.write(`${w.building}\n`))
  const { fetch } = studioApp(pages, folder, desk)
  const found = port === undefined ? await listenSteadily(fetch, desk) : await listen(fetch, port)
  if (found.address === undefined) return refuse(w.portTaken(port ?? steadyPort(desk), found.code === 'EADDRINUSE' ? w.taken : found.code))
  process.stdout.write(found.isAnother ? `${w.already(found.address)}\n` : `${w.address(found.address)}\n`)
  if (options.open) await openBrowser(found.address)
  return found.address
}

/** @returns `undefined` after saying why there is none */
function deskOf(folder: string, w: (typeof words)['zh']): Desk | undefined {
  try {
    const state = stateFolder(folder)
    return state === undefined ? refuse(w.stateInside) : openDesk(state)
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException
    return refuse(w.noState(path ?? '', code ?? message))
  }
}

function refuse(text: string): undefined {
  process.stderr.write(`heng: ${text}\n`)
  process.exitCode = 2
}

interface Found {
  readonly address: string | undefined
  readonly code: string
  /** Whether another process serves this folder there. */
  readonly isAnother?: boolean
}

/** Below the ports that systems give to whoever asks for any. */
const [firstPort, ports] = [20_000, 10_000]
const tries = 10

/** The port of a folder: the same at every start. */
const steadyPort = ({ folder }: Desk): number => firstPort + (Number.parseInt(basename(folder).slice(0, 8), 16) % (ports - tries))

/** On the folder's own port, or one of the next where another program has it; one studio of a folder is enough. */
async function listenSteadily(fetch: Fetch, desk: Desk): Promise<Found> {
  const first = steadyPort(desk)
  for (let port = first; port < first + tries; port += 1) {
    const found = await listen(fetch, port)
    if (found.address !== undefined || found.code !== 'EADDRINUSE') return found
    const address = `http://127.0.0.1:${port}/`
    if (await servesTheSame(address, desk)) return { address, code: '', isAnother: true }
  }
  return { address: undefined, code: 'EADDRINUSE' }
}

async function servesTheSame(address: string, desk: Desk): Promise<boolean> {
  const answer: unknown = await globalThis
    .fetch(`${address}api/studio`, { signal: AbortSignal.timeout(2000) })
    .then((response) => response.json())
    .catch(() => undefined)
  return (answer as { desk?: unknown } | undefined)?.desk === desk.folder
}

type Fetch = Parameters<typeof serve>[0]['fetch']

function listen(fetch: Fetch, port: number): Promise<Found> {
  return new Promise((found) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1' }, (info: AddressInfo) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => {
          server.close()
          abandonUnfinished()
          process.exit(0)
        })
      }
      found({ address: `http://127.0.0.1:${info.port}/`, code: '' })
    })
    server.on('error', (error: NodeJS.ErrnoException) => found({ address: undefined, code: error.code ?? error.message }))
  })
}

/** A machine without a browser still has the address on its terminal. */
async function openBrowser(address: string): Promise<void> {
  if (process.env.CI) return
  const child = await openInBrowser(address).catch(() => undefined)
  child?.on('error', () => undefined)
}
