// Cases run as one writes: how many come out as expected, why one does not, and what can be done about it.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cursorAfter, editorReady, noBrowser, openStudio, type Studio, type Visit } from './browser.ts'

const policy = `政策 甲县 {
  基准日 审核日
  事实 月数: 整数 个月 范围 0..600

  指标 社保 最高30分 { 每1个月 月数 得1分 }
  总分 = 社保

  样例 "短" 于 审核日 2025-01-01 { 月数: 1 } 应得 { 社保: 1   总分: 1 }
}
`
const cases = `样例 "长" 于 审核日 2025-01-01 { 月数: 40 } 应得 { 社保: 30 }
样例 "空" 于 审核日 2025-01-01 { 月数: 0 } 应得 { 社保: 0 }
`

describe.skipIf(noBrowser)('cases', () => {
  let studio: Studio
  beforeAll(async () => {
    studio = await openStudio()
  })
  afterAll(async () => {
    await studio?.close()
  })

  const withVisit = async (work: (visit: Visit, page: Page) => Promise<void>) => {
    await writeFile(join(studio.folder, '甲县.heng'), policy)
    await writeFile(join(studio.folder, '甲县.cases.heng'), cases)
    const visit = await studio.visit()
    try {
      const { page } = visit
      await page.evaluate(() => window.dispatchEvent(new Event('focus')))
      await page.getByRole('navigation').getByTitle('甲县.heng', { exact: true }).click()
      await page.locator('.frame-header .frame-path').getByText('甲县.heng', { exact: true }).waitFor()
      await editorReady(page)
      await work(visit, page)
      expect(visit.complaints).toEqual([])
    } finally {
      await visit.close()
    }
  }
  const tab = (page: Page) => page.locator('.frame-right .frame-choice').getByText(/^样例/)
  const failed = (page: Page) => page.locator('.cases-case.cases-failed').allTextContents()

  test('run with every key, those of the file beside it too, and say what differs and why', () =>
    withVisit(async (_, page) => {
      await tab(page).getByText('样例 3/3').click()
      await cursorAfter(page, '最高3')
      await page.keyboard.press('Backspace')
      await page.keyboard.type('2')
      await tab(page).getByText('样例 2/3').waitFor()
      expect(await failed(page)).toEqual(['✗ 长'])
      await page.locator('.cases-differs').getByText('社保：应得 30，算得 20').waitFor()
      // The text with an error keeps what came out before it.
      await page.keyboard.press('Backspace')
      await page.keyboard.press('Delete')
      await page.locator('.cases-case-pane').getByText('下面是改动前的结果').waitFor()
      await page.keyboard.press('Control+z')
      await page.keyboard.press('Control+z')
      await page.locator('.person-stale-note').waitFor({ state: 'detached' })
    }))

  test('a case shows its place and the arithmetic, takes what was found when asked, and opens as an applicant', () =>
    withVisit(async (_, page) => {
      await cursorAfter(page, '得1')
      await page.keyboard.press('Backspace')
      await page.keyboard.type('2')
      await tab(page).getByText('样例 2/3').click()
      expect(await failed(page)).toEqual(['✗ 短'])
      await page.locator('.cases-case.cases-failed').click()
      await page.locator('.cases-case-open .receipt').getByText('1 × 2').waitFor()
      await expect.poll(() => page.locator('.active-line-number').allTextContents()).toContain('8')
      await page.locator('.cases-differs').filter({ hasText: '社保' }).getByRole('button', { name: '改用算得的' }).click()
      await page.locator('.ant-popconfirm').getByText('把应得的 1 改成 2？').waitFor()
      await page.locator('.ant-popconfirm').getByRole('button', { name: '改用算得的' }).click()
      await page.locator('.view-line').filter({ hasText: '社保: 2 总分: 1' }).waitFor()
      await page.locator('.cases-case-open').getByRole('button', { name: '当申请人打开' }).click()
      await expect.poll(() => page.locator('.person-samples li .person-name').allTextContents()).toContain('短')
      expect(await page.getByTestId('total').textContent()).toBe('2')
      expect(await readFile(join(studio.folder, '甲县.heng'), 'utf8')).toBe(policy)
    }))

  test('a case of the file beside it is shown there, and changed there', () =>
    withVisit(async (_, page) => {
      await cursorAfter(page, '最高3')
      await page.keyboard.press('Backspace')
      await page.keyboard.type('2')
      await page.keyboard.press('Control+s')
      await tab(page).getByText('样例 2/3').click()
      await page.locator('.cases-differs').getByRole('button', { name: '改用算得的' }).click()
      await page.locator('.ant-popconfirm').getByRole('button', { name: '改用算得的' }).click()
      await page.locator('.frame-header .frame-path').getByText('甲县.cases.heng').waitFor()
      await page.locator('.view-line').filter({ hasText: '月数: 40 } 应得 { 社保: 20 }' }).waitFor()
      await tab(page).getByText('样例 2/2').waitFor()
    }))

  test('a policy without cases says how one is made', () =>
    withVisit(async (_, page) => {
      await writeFile(join(studio.folder, '乙县.heng'), policy.replace(/ {2}样例.*\n/, ''))
      await page.evaluate(() => window.dispatchEvent(new Event('focus')))
      await page.getByRole('navigation').getByTitle('乙县.heng', { exact: true }).click()
      await page.locator('.frame-header .frame-path').getByText('乙县.heng', { exact: true }).waitFor()
      await tab(page).getByText('样例', { exact: true }).click()
      await page.locator('.cases-case-pane').getByText('还没有样例').waitFor()
    }))
})
