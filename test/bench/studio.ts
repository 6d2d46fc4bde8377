// npm run bench studio: the studio in a real Chromium, cold and while one types. Of each: the time of the page's own thread in script, style
// and layout, as Chromium counts it (drawing apart), and the time by the clock until what is looked for stands there.

import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { studioApp } from '../../editor/server/app.ts'
import { builtPages } from '../../editor/server/build.ts'
import { openDesk } from '../../editor/server/desk.ts'
import { generatePolicy } from './generate-policy.ts'
import { median, printTable } from './measure.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const [starts, keys, warmUp] = [7, 40, 10]

interface Took {
  /** Milliseconds of the page's thread. */
  readonly thread: number
  /** Milliseconds by the clock. */
  readonly clock: number
}

async function openPages(): Promise<{ readonly address: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'heng-bench-'))
  const state = await mkdtemp(join(tmpdir(), 'heng-bench-state-'))
  await cp(join(root, 'policies'), folder, { recursive: true })
  await writeFile(join(folder, 'long.heng'), generatePolicy(2_000))
  const pages = await builtPages(() => {})
  const { server, port } = await new Promise<{ readonly server: ReturnType<typeof serve>; readonly port: number }>((resolve) => {
    const started = serve({ fetch: studioApp(pages, folder, openDesk(state)).fetch, port: 0, hostname: '127.0.0.1' }, (info) =>
      resolve({ server: started, port: info.port }),
    )
  })
  return {
    address: `http://127.0.0.1:${port}/`,
    async close() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await rm(folder, { recursive: true })
      await rm(state, { recursive: true })
    },
  }
}

/** Of script, style and layout so far, in milliseconds. */
async function threadTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  return (of('ScriptDuration') + of('LayoutDuration') + of('RecalcStyleDuration')) * 1000
}

async function newPage(browser: Browser): Promise<{ readonly page: Page; readonly session: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  return { page, session }
}

const editorReady = (page: Page) => page.locator('.editor-host[data-ready=true] .view-line').first().waitFor()

async function coldStarts(browser: Browser, address: string): Promise<{ readonly total: readonly Took[]; readonly editor: readonly Took[] }> {
  const [total, editor]: [Took[], Took[]] = [[], []]
  for (let i = 0; i < starts; i += 1) {
    const { page, session } = await newPage(browser)
    await page.addInitScript(() => {
      const seen: Record<string, number> = {}
      Object.assign(globalThis, { seen })
      const look = () => {
        if (document.querySelector('[data-testid=total]')) seen.total ??= performance.now()
        if (document.querySelector('.editor-host[data-ready=true] .view-line')) seen.editor ??= performance.now()
      }
      new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
    })
    // By the page's own clock, from when it was asked for; of its thread what was done until the test hears of it.
    const took = async (what: string) => {
      const thread = await threadTime(session)
      return { thread, clock: await page.evaluate((name) => (globalThis as unknown as { seen: Record<string, number> }).seen[name] ?? Number.NaN, what) }
    }
    await page.goto(address)
    await page.getByTestId('total').waitFor()
    total.push(await took('total'))
    await editorReady(page)
    editor.push(await took('editor'))
    await page.context().close()
  }
  return { total, editor }
}

/** Every key changes the total, so each is timed to the change that it makes. */
async function keystrokes(browser: Browser, url: string, place: string, typed: readonly [string, string]): Promise<readonly Took[]> {
  const { page, session } = await newPage(browser)
  await page.goto(url)
  await editorReady(page)
  await page.getByTestId('total').waitFor()
  await page.locator('.editor-host .view-lines').click()
  // Whatever is typed then, the text is a draft.
  for (const key of ['Control+Home', 'Enter', 'Control+f']) await page.keyboard.press(key)
  await page.locator('.find-widget textarea[aria-label]').first().fill(place)
  for (const key of ['Enter', 'Escape', 'ArrowRight']) await page.keyboard.press(key)
  await page.waitForTimeout(2000)
  await page.evaluate(() => {
    const state = { pressed: 0, clock: Number.NaN }
    Object.assign(globalThis, { keystroke: state })
    window.addEventListener('keydown', () => Object.assign(state, { pressed: performance.now(), clock: Number.NaN }), { capture: true })
    const text = () => document.querySelector('[data-testid=total]')?.textContent
    let shown = text()
    new MutationObserver(() => {
      if (text() === shown) return
      shown = text()
      state.clock = performance.now() - state.pressed
    }).observe(document.querySelector('.person') ?? document.body, { subtree: true, childList: true, characterData: true })
  })
  const times: Took[] = []
  for (let i = 0; i < warmUp + keys; i += 1) {
    const before = await threadTime(session)
    await page.keyboard.press(typed[i % 2] ?? '')
    await page.waitForTimeout(300)
    const thread = (await threadTime(session)) - before
    const clock = await page.evaluate(() => (globalThis as unknown as { keystroke: { clock: number } }).keystroke.clock)
    if (i >= warmUp) times.push({ thread, clock })
  }
  await page.context().close()
  return times
}

const row = (name: string, took: readonly Took[], aim: string): readonly string[] => {
  const thread = took.map((each) => each.thread)
  const clock = took.map((each) => each.clock)
  const show = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
  const range = (times: readonly number[]) => `${show(median(times))} (${show(Math.min(...times))}–${show(Math.max(...times))})`
  return [name, String(took.length), range(thread), range(clock), aim]
}

const pages = await openPages()
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
try {
  const { total, editor } = await coldStarts(browser, pages.address)
  const of = (path: string) => `${pages.address}#/${path}`
  const common = await keystrokes(browser, of('zhejiang/common-2023.heng'), '社保缴纳 最高30', ['Backspace', '0'])
  const county = await keystrokes(browser, of('tongxiang/points-2024.heng'), '指标组 市级个性指标 最高200', ['Backspace', '0'])
  const long = await keystrokes(browser, of('long.heng'), '最低0', ['5', 'Backspace'])
  console.log(`${cpus().length} × ${cpus()[0]?.model.trim() ?? '?'}, ${browser.version()}\n`)
  printTable(
    ['', 'runs', 'own thread: median (range)', 'by the clock', 'aim of the thread'],
    [
      row('cold start → total', total, '< 1200 ms'),
      row('cold start → editor ready', editor, '< 2000 ms'),
      row('key → total and settled, shipped policy', common, '< 16 ms'),
      row('key → total and settled, 桐乡', county, '< 16 ms'),
      row('key → total and settled, 2,000 lines', long, '< 50 ms'),
    ],
  )
} finally {
  await browser.close()
  await pages.close()
}
