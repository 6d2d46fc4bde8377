// From a key pressed in the studio's editor to the total updated on the page, in a real Chromium: on the shipped policy and on
// a generated long one. Every key changes the total, so each is timed to the change it makes.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { cursorAfter, editorReady, noBrowser, openStudio } from '../editor/browser.ts'
import type { Times } from './measure.ts'

export interface Keystrokes {
  readonly name: string
  readonly times: Times
  readonly aim: string
}

/** `undefined` when there is no browser. */
export async function measureStudio(longText: string): Promise<readonly Keystrokes[] | undefined> {
  if (noBrowser) return undefined
  const studio = await openStudio()
  try {
    await writeFile(join(studio.folder, 'long.heng'), longText)
    const { page } = await studio.visit()
    const lines = longText.split('\n').length - 1
    const open = async (name: string) => {
      await page.getByRole('navigation').getByTitle(`${name}.heng`, { exact: true }).click()
      await editorReady(page)
      await page.waitForTimeout(1000)
    }
    await open('zhejiang/common-2023')
    const shipped = await keystrokes(page, '居住时间 最高30', ['Backspace', '0'])
    await open('long')
    const long = await keystrokes(page, '最低0', ['5', 'Backspace'])
    return [
      { name: 'key to total, shipped policy', times: shipped, aim: '< 16 ms' },
      { name: `key to total, generated policy (${lines} lines)`, times: long, aim: '< 50 ms' },
    ]
  } finally {
    await studio.close()
  }
}

const runs = 40

async function keystrokes(page: Page, place: string, keys: readonly string[]): Promise<Times> {
  await cursorAfter(page, place)
  await page.evaluate(() => {
    const state = { pressed: 0, times: [] as number[] }
    Object.assign(globalThis, { keystrokes: state })
    window.addEventListener(
      'keydown',
      () => {
        state.pressed = performance.now()
      },
      { capture: true },
    )
    const pane = document.querySelector('.person')
    if (!pane) throw new Error('no sample person')
    let shown = document.querySelector('[data-testid=total]')?.textContent
    new MutationObserver(() => {
      const now = document.querySelector('[data-testid=total]')?.textContent
      if (now === shown) return
      shown = now
      state.times.push(performance.now() - state.pressed)
    }).observe(pane, { subtree: true, childList: true, characterData: true })
  })
  for (let i = 0; i < runs + 10; i += 1) {
    await page.keyboard.press(keys[i % keys.length] ?? '')
    await page.waitForTimeout(150)
  }
  const times = await page.evaluate(() => (globalThis as unknown as { keystrokes: { times: number[] } }).keystrokes.times)
  const sorted = times.slice(10).sort((a, b) => a - b)
  return { runs: sorted.length, min: sorted[0] ?? 0, median: sorted[sorted.length >> 1] ?? 0, max: sorted.at(-1) ?? 0 }
}
