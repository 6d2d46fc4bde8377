// Starts the studio: builds what it needs, serves on loopback, opens the browser.

import { existsSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { serve } from '@hono/node-server'
import openInBrowser from 'open'
import { abandonUnfinished } from '../../runtime/files/whole-file.ts'
import { studioApp } from './app.ts'
import { builtPages } from './build.ts'

export interface StudioOptions {
  readonly folder: string
  /** 0 takes any free port. */
  readonly port: number
  readonly open: boolean
  readonly language: 'zh' | 'en'
}

/** @returns the address once the server listens, or `undefined` after saying why it cannot */
export async function startStudio(options: StudioOptions): Promise<string | undefined> {
  const zh = options.language === 'zh'
  const folder = resolve(options.folder)
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    const isFile = existsSync(folder)
    if (zh) process.stderr.write(isFile ? `heng: ${options.folder} 是文件，请给它所在的文件夹\n` : `heng: 没有文件夹 ${options.folder}\n`)
    else process.stderr.write(isFile ? `heng: ${options.folder} is a file; name its folder\n` : `heng: there is no folder ${options.folder}\n`)
    process.exitCode = 2
    return undefined
  }
  if (!Number.isInteger(options.port) || options.port < 0 || options.port > 65_535) {
    process.stderr.write(zh ? 'heng: 端口是 0 到 65535 的整数，0 为任取\n' : 'heng: a port is a whole number from 0 to 65535; 0 takes any\n')
    process.exitCode = 2
    return undefined
  }
  const pages = await builtPages((text) => process.stderr.write(`${zh ? '正在构建工作台……' : text}\n`))
  const address = await listen(studioApp(pages, folder).fetch, options.port).catch((error: NodeJS.ErrnoException) => {
    process.stderr.write(
      zh
        ? `heng: 端口 ${options.port} 用不了（${error.code === 'EADDRINUSE' ? '已被占用' : error.code}），换一个，或用 --port 0 任取\n`
        : `heng: port ${options.port} cannot be used (${error.code === 'EADDRINUSE' ? 'it is taken' : error.code}); name another, or --port 0 for any\n`,
    )
    process.exitCode = 2
    return undefined
  })
  if (!address) return undefined
  process.stdout.write(zh ? `工作台：${address}\n按 Ctrl+C 结束\n` : `studio: ${address}\npress Ctrl+C to stop\n`)
  if (options.open) await openBrowser(address)
  return address
}

function listen(fetch: Parameters<typeof serve>[0]['fetch'], port: number): Promise<string> {
  return new Promise((resolveAddress, reject) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1' }, (info: AddressInfo) => resolveAddress(`http://127.0.0.1:${info.port}/`))
    server.on('error', reject)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        server.close()
        abandonUnfinished()
        process.exit(0)
      })
    }
  })
}

/** A machine without a browser still has the address on its terminal. */
async function openBrowser(address: string): Promise<void> {
  if (process.env.CI) return
  const child = await openInBrowser(address).catch(() => undefined)
  child?.on('error', () => undefined)
}
