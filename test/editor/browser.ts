// A real Chromium on a studio of its own: a temporary folder of policies, the built pages, a free port.

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import { type Browser, chromium, type Page } from 'playwright-core'
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
  /** Where its server keeps drafts and people. */
  readonly state: string
  readonly address: string
  readonly browser: Browser
  /** A fresh visitor; everything that the console or the page complains of is collected. */
  visit(size?: { width: number; height: number }): Promise<Visit>
  close(): Promise<void>
}

export interface Visit {
  readonly page: Page
  readonly complaints: readonly string[]
  close(): Promise<void>
}

export async function openStudio(): Promise<Studio> {
  const folder = await mkdtemp(join(tmpdir(), 'heng-studio-'))
  await cp(join(root, 'policies', 'zhejiang'), join(folder, 'zhejiang'), { recursive: true })
  const state = await mkdtemp(join(tmpdir(), 'heng-state-'))
  const pages = await builtPages(() => {})
  const { server, address } = await new Promise<{ server: ServerType; address: string }>((resolve) => {
    const started = serve({ fetch: studioApp(pages, folder, openDesk(state)).fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
      resolve({ server: started, address: `http://127.0.0.1:${port}/` }),
    )
  })
  const browser = await connect()
  return {
    folder,
    state,
    address,
    browser,
    async visit(size = { width: 1440, height: 900 }) {
      const context = await browser.newContext({ viewport: size, locale: 'zh-CN' })
      // Only what hangs ends, by the limit of a test: a busy machine may take its time.
      context.setDefaultTimeout(0)
      const complaints: string[] = []
      context.on('page', (page) => {
        page.on('console', (message) => {
          if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`)
        })
        page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
      })
      const page = await context.newPage()
      await page.goto(address)
      await editorReady(page)
      return { page, complaints, close: () => context.close() }
    },
    async close() {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
      for (const each of [folder, state]) await rm(each, { recursive: true, force: true })
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
