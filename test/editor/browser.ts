// A real Chromium on a studio of its own: a temporary folder of policies, the built pages, a free port.

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'
import { studioApp } from '../../editor/server/app.ts'
import { builtPages } from '../../editor/server/build.ts'
import { openDesk } from '../../editor/server/desk.ts'

/** Where the browser that all tests share listens, which `test/setup.ts` started; `undefined` where there is none. */
const endpoint = inject('browser')

/** Said where tests are left out; `undefined` when there is a browser. */
export const noBrowser = endpoint === undefined ? 'no Chromium: run .ci/install for the browser tests' : undefined

export const connect = (): Promise<Browser> => chromium.connect(endpoint ?? '')

const root = join(import.meta.dirname, '..', '..')

export interface Studio {
  readonly folder: string
  readonly address: string
  readonly browser: Browser
  /** A fresh visitor, at a desk of their own where nothing lies yet; everything that the console or the page complains of is collected. */
  visit(size?: { width: number; height: number }): Promise<Visit>
  close(): Promise<void>
}

export interface Visit {
  readonly page: Page
  readonly complaints: readonly string[]
  /** The server of this visitor. */
  readonly served: Served
  /** Another page on the same desk: of the same browser, or of another one. */
  another(browser: 'same' | 'another'): Promise<Page>
  close(): Promise<void>
}

export interface Served {
  readonly address: string
  /** Where it keeps drafts and people. */
  readonly state: string
  stop(): Promise<void>
  /** Again on the same port and desk. */
  start(): Promise<void>
  remove(): Promise<void>
}

/** A studio's server on a desk of its own. */
export async function serveStudio(folder: string): Promise<Served> {
  const state = await mkdtemp(join(tmpdir(), 'heng-state-'))
  const pages = await builtPages(() => {})
  let [server, port]: [ServerType | undefined, number] = [undefined, 0]
  const start = async () => {
    await new Promise<void>((resolve) => {
      server = serve({ fetch: studioApp(pages, folder, openDesk(state)).fetch, port, hostname: '127.0.0.1' }, (info) => {
        port = info.port
        resolve()
      })
    })
  }
  const stop = () =>
    new Promise<void>((resolve) => {
      server?.close(() => resolve())
      if (server && 'closeAllConnections' in server) server.closeAllConnections()
    })
  await start()
  return {
    address: `http://127.0.0.1:${port}/`,
    state,
    start,
    stop,
    async remove() {
      await stop()
      // A request that is still on its way may write once more.
      await rm(state, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}

export async function openStudio(): Promise<Studio> {
  const folder = await mkdtemp(join(tmpdir(), 'heng-studio-'))
  // Without its sample file: whom a policy starts with is the best known of its cases, whose figures can be read in it.
  await cp(join(root, 'policies', 'zhejiang'), join(folder, 'zhejiang'), { recursive: true, filter: (path) => !path.endsWith('.people.json') })
  const common = await serveStudio(folder)
  const browser = await connect()
  return {
    folder,
    address: common.address,
    browser,
    async visit(size = { width: 1440, height: 900 }) {
      const served = await serveStudio(folder)
      const complaints: string[] = []
      const contexts: BrowserContext[] = []
      const newContext = async () => {
        const context = await browser.newContext({ viewport: size, locale: 'zh-CN' })
        contexts.push(context)
        // Only what hangs ends, by the limit of a test: a busy machine may take its time.
        context.setDefaultTimeout(0)
        context.on('page', (page) => {
          page.on('console', (message) => {
            if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`)
          })
          page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
        })
        return context
      }
      const open = async (context: BrowserContext) => {
        const page = await context.newPage()
        await page.goto(served.address)
        await editorReady(page)
        return page
      }
      const context = await newContext()
      return {
        page: await open(context),
        complaints,
        served,
        another: async (kind) => open(kind === 'same' ? context : await newContext()),
        async close() {
          for (const each of contexts) await each.close()
          await served.remove()
        },
      }
    },
    async close() {
      await browser.close()
      await common.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function editorReady(page: Page): Promise<void> {
  await page.locator('.editor-host[data-ready=true] .view-line').first().waitFor()
}

/** Puts the cursor behind the first place where `text` stands in the policy. */
export async function cursorAfter(page: Page, text: string): Promise<void> {
  await page.locator('.editor-host .view-lines').click()
  await page.keyboard.press('Control+f')
  const find = page.locator('.find-widget textarea[aria-label]').first()
  await find.fill(text)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowRight')
}
