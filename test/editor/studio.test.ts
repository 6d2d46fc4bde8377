// The studio in a real browser: typing, also with an input method, changes the total; a broken text shows where; samples,
// saving, reloading and a conflict on disk lose nothing.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cursorAfter, editorReady, noBrowser, openStudio, type Studio, type Visit } from './browser.ts'

const policy = 'zhejiang/common-2023.heng'

if (noBrowser) console.warn(noBrowser)

describe.skipIf(noBrowser)('the studio', () => {
  let studio: Studio
  let visit: Visit
  const total = () => visit.page.getByTestId('total')
  const onDisk = () => readFile(join(studio.folder, policy), 'utf8')

  beforeAll(async () => {
    studio = await openStudio()
  })
  afterAll(async () => {
    await studio?.close()
  })

  async function withVisit(work: () => Promise<void>) {
    visit = await studio.visit()
    try {
      await work()
      expect(visit.complaints).toEqual([])
    } finally {
      await visit.close()
    }
  }

  test('paints the page before the editor has come', async () => {
    const context = await studio.browser.newContext()
    const page = await context.newPage()
    await page.route('**/assets/setup-*.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500))
      await route.continue()
    })
    await page.goto(studio.address)
    await page.getByRole('navigation').getByText('zhejiang/common-2023').waitFor()
    await page.locator('.editor-waiting pre').getByText('政策 浙江省新市民积分').waitFor()
    await page.getByTestId('total').waitFor()
    expect(await page.locator('.view-line').count()).toBe(0)
    await editorReady(page)
    await context.close()
  })

  test('typing in the text changes the total', () =>
    withVisit(async () => {
      await expect.poll(() => total().textContent()).toBe('100')
      await cursorAfter(visit.page, '居住时间 最高')
      await visit.page.keyboard.press('Delete')
      await visit.page.keyboard.type('2')
      await expect.poll(() => total().textContent()).toBe('90')
      await visit.page.getByText('未保存').waitFor()
    }))

  test('changing a fact changes the total, and saying that it is not known gives bounds', () =>
    withVisit(async () => {
      await visit.page.getByLabel('养老保险缴纳月数', { exact: true }).fill('１０')
      await expect.poll(() => total().textContent()).toBe('75')
      await visit.page.getByRole('checkbox', { name: '养老保险缴纳月数 不详' }).check()
      await expect.poll(() => total().textContent()).toBe('70')
      await visit.page.getByText('可能 70～100 分').waitFor()
      await visit.page.locator('.total .awaiting').getByText('待证：养老保险缴纳月数').waitFor()
    }))

  test('a fact that is not in its written form is reported beside it', () =>
    withVisit(async () => {
      await visit.page.getByLabel('累计居住月数', { exact: true }).fill('12.5')
      await visit.page.getByText('12.5 不是整数').waitFor()
      await visit.page.getByLabel('出生日期', { exact: true }).fill('2001-02-30')
      await visit.page.getByText('没有 2001-02-30 这一天').waitFor()
      await visit.page.getByText('有几项填得不对').waitFor()
    }))

  test('an input method’s composition ends in the text and the total follows', () =>
    withVisit(async () => {
      await cursorAfter(visit.page, '政策 浙江省新市民积分')
      const session = await visit.page.context().newCDPSession(visit.page)
      for (const text of ['b', 'ban', 'banfa']) {
        await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
      }
      await session.send('Input.insertText', { text: '办法' })
      await visit.page.locator('.header strong').getByText('浙江省新市民积分办法').waitFor()
      await expect.poll(() => total().textContent()).toBe('100')
    }))

  test('a broken text shows the finding at its place and keeps the last result', () =>
    withVisit(async () => {
      await cursorAfter(visit.page, '当 学历 是 大')
      await visit.page.keyboard.type('砖')
      const problem = visit.page.locator('.problem.error').first()
      await problem.getByText('没有成员“大砖专”').waitFor()
      await visit.page.locator('.squiggly-error').first().waitFor()
      await visit.page.getByText('下面是改动前的结果').waitFor()
      await expect.poll(() => total().textContent()).toBe('100')
      await problem.click()
      await visit.page.keyboard.type('大专')
      await visit.page.getByText('没有问题').waitFor()
    }))

  test('a glued word is split with one click', () =>
    withVisit(async () => {
      await cursorAfter(visit.page, '当 学历')
      for (let i = 0; i < 2; i += 1) await visit.page.keyboard.press('ArrowLeft')
      await visit.page.keyboard.press('Backspace')
      await visit.page.locator('.problem').getByText('“当学历”像是少了空格').waitFor()
      await visit.page.keyboard.press('Control+.')
      await visit.page.locator('.action-widget').getByText('分开写作“当 学历”').click()
      await visit.page.getByText('没有问题').waitFor()
    }))

  test('completion opens on Chinese and on pinyin initials', () =>
    withVisit(async () => {
      await cursorAfter(visit.page, '指标 居住时间 最高30分 依据 "三(二)居住时间" ')
      await visit.page.keyboard.press('Control+Space')
      const list = visit.page.locator('.suggest-widget.visible')
      await list.waitFor()
      await visit.page.keyboard.press('Escape')
      await visit.page.keyboard.type('qzg')
      await list.locator('.monaco-list-row').first().locator('.monaco-highlighted-label').getByText('取最高').waitFor()
      await visit.page.keyboard.press('Escape')
    }))

  test('hover shows a fact’s type, F12 goes to its declaration, meaning is coloured', () =>
    withVisit(async () => {
      await cursorAfter(visit.page, '当 学历')
      await visit.page.keyboard.press('ArrowLeft')
      await visit.page.keyboard.press('Control+k')
      await visit.page.keyboard.press('Control+i')
      await visit.page.locator('.monaco-hover').getByText('事实 学历').first().waitFor()
      await visit.page.keyboard.press('Escape')
      await visit.page.keyboard.press('F12')
      await expect.poll(() => visit.page.locator('.active-line-number').textContent()).toMatch(/^(9|10)$/)
      const colours = await visit.page.evaluate(() => {
        const token = [...document.querySelectorAll('.view-line span span')].find((span) => span.textContent === '施')
        return token ? getComputedStyle(token).color : ''
      })
      expect(colours).toBe('rgb(11, 61, 145)')
    }))

  test('a kept sample shows its total, and becomes a case in the text', () =>
    withVisit(async () => {
      const { page } = visit
      await page.getByRole('button', { name: '复制' }).click()
      await page.getByLabel('样本名称').fill('月数少一半')
      await page.getByLabel('累计居住月数', { exact: true }).fill('60')
      await page.getByRole('button', { name: '月数少一半 85' }).waitFor()
      await page.getByRole('button', { name: '存为样例' }).click()
      await page.getByText('样例已写入政策文本').waitFor()
      await page.getByText('没有问题').waitFor()
      await page.keyboard.press('Control+s')
      await expect.poll(onDisk).toContain('样例 "月数少一半" 于 审核日 2025-03-01')
      expect(await onDisk()).toContain('总分: 85')
      await page.reload()
      await editorReady(page)
      await page.getByRole('button', { name: '月数少一半 85' }).waitFor()
    }))

  test('unsaved text survives a reload and can be discarded', () =>
    withVisit(async () => {
      const { page } = visit
      await cursorAfter(page, '政策 浙江省新市民积分')
      await page.keyboard.type('草稿')
      await page.locator('.header strong').getByText('浙江省新市民积分草稿').waitFor()
      await page.reload()
      await editorReady(page)
      await page.getByText('已恢复上次没有保存的改动').waitFor()
      await page.locator('.header strong').getByText('浙江省新市民积分草稿').waitFor()
      await page.getByRole('button', { name: '放弃改动' }).click()
      await page.locator('.ant-popconfirm').getByRole('button', { name: '放弃改动' }).click()
      await expect.poll(() => page.locator('.header strong').textContent()).toBe('浙江省新市民积分')
    }))

  test('a change on disk is never overwritten: both texts are shown and the author chooses', () =>
    withVisit(async () => {
      const { page } = visit
      const before = await onDisk()
      await cursorAfter(page, '政策 浙江省新市民积分')
      await page.keyboard.type('甲')
      const theirs = before.replace('# 浙江省', '# 别人改的：浙江省')
      await writeFile(join(studio.folder, policy), theirs)
      await page.keyboard.press('Control+s')
      const dialog = page.getByRole('dialog')
      await dialog.getByText('文件在磁盘上已被改动').waitFor()
      await dialog.locator('.difference .view-line').first().waitFor()
      expect(await onDisk()).toBe(theirs)
      await dialog.getByRole('button', { name: '继续编辑' }).click()
      await page.keyboard.press('Control+s')
      await dialog.getByRole('button', { name: '用我的覆盖' }).click()
      await expect.poll(onDisk).toContain('政策 浙江省新市民积分甲')
      await writeFile(join(studio.folder, policy), before)
    }))

  test('the interface can be switched to English', () =>
    withVisit(async () => {
      await visit.page.getByRole('button', { name: '界面语言' }).click()
      await visit.page.getByRole('button', { name: 'Save', exact: true }).waitFor()
      await visit.page.getByText('No problems').waitFor()
      await visit.page.locator('.receipt .rule').getByText('per 1 months 养老保险缴纳月数 award 0.5 points').waitFor()
    }))

  test('axe finds no serious fault, at rest and with findings', async () => {
    const axe = await readFile(join(import.meta.dirname, '..', '..', 'node_modules', 'axe-core', 'axe.min.js'), 'utf8')
    visit = await studio.visit({ width: 1280, height: 720 })
    const faults = async () => {
      await visit.page.evaluate(axe)
      return visit.page.evaluate(async () => {
        const run = (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe.run
        const { violations } = await run()
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
      })
    }
    expect(await faults()).toEqual([])
    await cursorAfter(visit.page, '当 学历 是 大')
    await visit.page.keyboard.type('砖')
    await visit.page.getByLabel('累计居住月数', { exact: true }).fill('12.5')
    await visit.page.locator('.problem.error').first().waitFor()
    expect(await faults()).toEqual([])
    await visit.close()
  })
})
