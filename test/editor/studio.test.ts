// The studio in a real browser: typing, also with an input method, changes the total; a broken text shows where; samples,
// saving, reloading and a conflict on disk lose nothing.

import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeGb18030 } from '../cli/gb18030.ts'
import { cursorAfter, editorReady, noBrowser, openStudio, type Studio, type Visit } from './browser.ts'

const policy = 'zhejiang/common-2023.heng'

const base = `政策 底本 {
  施行 2020-01-01
  基准日 审核日

  事实 月数: 整数 个月   范围 0..120

  指标 社保 最高60分 { 每1个月 月数 得0.5分 }

  总分 = 社保
}
`

const scheme = `政策 试验县积分 {
  引用 底本 自 "../底本.heng"
  基准日 审核日、开放日

  事实 造假: 是否   缺省 否
  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升 范围 0..1000 }
  事实 参保: 时段 { 补缴: 是否 }
  事实 失信: 记录 { 日期: 日期 } 缺省 []

  指标组 加分 最高40分 {
    指标 公益 最高20分 { 每满200毫升 合计(献血 近3年(开放日), 毫升) 得2分 }
    指标 参保 最高20分 { 每满1年 累计月数(参保 其中 非 补缴) 得1分 }
    指标 专用 仅用于 入学 { 当 非 造假 得5分 }
  }
  扣分组 扣分 { 对每条 失信 近5年(审核日) 扣3分 }

  总分 = 社保 + 加分 - 扣分

  清零 当 造假   依据 "五.1"
  禁止申请 对每条 失信 自 日期 起3年   依据 "六"

  应用 入住 {
    排序 总分 从高到低
    并列 同名次
  }
  应用 入学 {
    基准日 开放日 = 审核日 - 1年
    排序 总分 从高到低
    并列 同名次
  }

  样例 "两人之列" 应用 入住 于 审核日 2025-06-01、开放日 2025-06-01 [
    {编号: 甲；月数: 20个月；献血: []；参保: []}、{编号: 乙；月数: 10个月；献血: []；参保: []}
  ] 应得 { 名次: {甲: 1；乙: 2} }
  样例 "甲" 应用 入住 于 审核日 2025-06-01、开放日 2025-06-01 {
    月数: 20个月   献血: [{日期: 2025-01-01；毫升: 400毫升}]   参保: [{起: 2022-01-01；止: 2023-12-31；补缴: 否}]
  } 应得 { 总分: 16 }
}
`

if (noBrowser) console.warn(noBrowser)

describe.skipIf(noBrowser)('the studio', () => {
  let studio: Studio
  let visit: Visit
  const total = () => visit.page.getByTestId('total')
  const onDisk = () => readFile(join(studio.folder, policy), 'utf8')

  beforeAll(async () => {
    studio = await openStudio()
    await mkdir(join(studio.folder, '县', '试验'), { recursive: true })
    await writeFile(join(studio.folder, '县', '底本.heng'), base)
    await writeFile(join(studio.folder, '县', '试验', '积分.heng'), scheme)
    await writeFile(
      join(studio.folder, '县', '试验', '积分.cases.heng'),
      '样例 "乙" 应用 入住 于 审核日 2025-06-01、开放日 2025-06-01 { 月数: 6个月 } 应得 { 社保: 3 }\n',
    )
    await mkdir(join(studio.folder, '县', '两件'))
    await writeFile(
      join(studio.folder, '县', '两件', '积分.heng'),
      '政策 两件 {\n  原文 "办法.txt"、"细则.txt"\n  指标 甲 依据 "一、二" { 基础 得1分 }\n  总分 = 甲\n  条款 "四" 略 "没有"\n}\n',
    )
    await writeFile(join(studio.folder, '县', '两件', '办法.txt'), '现予公布。\n一、甲。\n二、乙。\n四、丁。\n')
    await writeFile(join(studio.folder, '县', '两件', '细则.txt'), '一、丙。\n')
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
    const context = await studio.browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.route('**/assets/setup-*.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500))
      await route.continue()
    })
    await page.goto(studio.address)
    await page.getByRole('navigation').getByText('浙江省新市民积分').waitFor()
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
      await visit.page.locator('.frame-header .frame-state').getByText('草案').waitFor()
    }))

  test('changing a fact changes the total, and saying that it is not known gives bounds', () =>
    withVisit(async () => {
      await visit.page.getByLabel('养老保险缴纳月数', { exact: true }).fill('１０')
      await expect.poll(() => total().textContent()).toBe('75')
      await visit.page.getByLabel('养老保险缴纳月数', { exact: true }).fill('')
      await expect.poll(() => total().textContent()).toBe('70')
      await visit.page.getByText('核实后可能得 70～100 分').waitFor()
      await visit.page.locator('.person-total .person-awaiting').getByText('待核实：养老保险缴纳月数').waitFor()
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
      await visit.page.locator('.frame-header strong').getByText('浙江省新市民积分办法').waitFor()
      await expect.poll(() => total().textContent()).toBe('100')
    }))

  test('a broken text shows the finding at its place and keeps the last result', () =>
    withVisit(async () => {
      await cursorAfter(visit.page, '当 学历 是 大')
      await visit.page.keyboard.type('砖')
      const problem = visit.page.locator('.frame-problem.frame-error').first()
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
      await visit.page.locator('.frame-problem').getByText('“当学历”像是少了空格').waitFor()
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
      await visit.page.keyboard.press('F1')
      await visit.page.keyboard.type('悬停')
      await visit.page.locator('.quick-input-list').getByText('显示或聚焦悬停').click()
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
      await page.getByLabel('名称', { exact: true }).fill('月数少一半')
      await page.getByLabel('累计居住月数', { exact: true }).fill('60')
      await page.getByRole('button', { name: '月数少一半 85' }).waitFor()
      await page.getByRole('button', { name: '存为样例' }).click()
      await page.getByText(/样例已写入/).waitFor()
      await page.getByText('没有问题').waitFor()
      await page.keyboard.press('Control+s')
      await expect.poll(onDisk).toContain('样例 "月数少一半" 于 审核日 2025-03-01')
      expect(await onDisk()).toContain('总分: 85')
      await page.reload()
      await editorReady(page)
      await page.getByRole('button', { name: '月数少一半 85' }).waitFor()
    }))

  test('nothing on the page moves when something is told', () =>
    withVisit(async () => {
      const { page } = visit
      const places = () =>
        page.evaluate(() =>
          ['.frame-sidebar', '.editor-host', '.frame-problems', '.person'].map((place) =>
            JSON.stringify(document.querySelector(place)?.getBoundingClientRect()),
          ),
        )
      const before = await places()
      await page.getByRole('button', { name: '复制' }).click()
      await page.getByRole('button', { name: '移除' }).click()
      await page.locator('.frame-notice').getByText('已移除').waitFor()
      expect(await places()).toEqual(before)
    }))

  test('unsaved text survives a reload and can be discarded', () =>
    withVisit(async () => {
      const { page } = visit
      await cursorAfter(page, '政策 浙江省新市民积分')
      await page.keyboard.type('草稿')
      await page.locator('.frame-header strong').getByText('浙江省新市民积分草稿').waitFor()
      await page.reload()
      await editorReady(page)
      await page.getByText('这是没有保存的草案').waitFor()
      await page.locator('.frame-header strong').getByText('浙江省新市民积分草稿').waitFor()
      await page.getByRole('button', { name: '放弃改动' }).click()
      await page.locator('.ant-popconfirm').getByRole('button', { name: '放弃改动' }).click()
      await expect.poll(() => page.locator('.frame-header strong').textContent()).toBe('浙江省新市民积分')
    }))

  test('a change on disk is never overwritten: both texts are shown and the author chooses', () =>
    withVisit(async () => {
      const { page } = visit
      const before = await onDisk()
      await cursorAfter(page, '政策 浙江省新市民积分')
      await page.keyboard.type('甲')
      const theirs = before.replace('政策 浙江省新市民积分', '政策 浙江省新市民积分乙')
      await writeFile(join(studio.folder, policy), theirs)
      await page.keyboard.press('Control+s')
      const dialog = page.getByRole('dialog')
      await dialog.getByText('文件在磁盘上已被改动').waitFor()
      await dialog.locator('.editor-difference .view-line').first().waitFor()
      expect(await onDisk()).toBe(theirs)
      await dialog.getByRole('button', { name: '继续编辑' }).click()
      await page.keyboard.press('Control+s')
      await dialog.getByRole('button', { name: '用我的覆盖' }).click()
      await expect.poll(onDisk).toContain('政策 浙江省新市民积分甲')
      await writeFile(join(studio.folder, policy), before)
    }))

  test('a file that is no text on disk by now keeps what stands there, and the editor what was written', () =>
    withVisit(async () => {
      const { page } = visit
      const before = await onDisk()
      await cursorAfter(page, '政策 浙江省新市民积分')
      await page.keyboard.type('甲')
      await page.locator('.frame-header strong').getByText('浙江省新市民积分甲').waitFor()
      const theirs = Buffer.from(`\ufeff${before}`, 'utf16le')
      await writeFile(join(studio.folder, policy), theirs)
      await page.keyboard.press('Control+s')
      await page.locator('.frame-notice').getByText('没有保存：它是 UTF-16 编码').waitFor()
      expect(await page.getByRole('dialog').count()).toBe(0)
      expect((await readFile(join(studio.folder, policy))).equals(theirs)).toBe(true)
      expect(await page.locator('.frame-header strong').textContent()).toBe('浙江省新市民积分甲')
      await writeFile(join(studio.folder, policy), before)
      await page.keyboard.press('Control+s')
      await expect.poll(onDisk).toContain('政策 浙江省新市民积分甲')
      await writeFile(join(studio.folder, policy), before)
    }))

  test('a sample is written into no file of cases that cannot be read, and is shown where it was written', () =>
    withVisit(async () => {
      const { page } = visit
      const [file, cases] = ['例.heng', '例.cases.heng'].map((name) => join(studio.folder, name)) as [string, string]
      const own = '政策 例 {\n  基准日 审核日\n  事实 月数: 整数 范围 0..9\n  指标 甲 { 每1个 月数 得1分 }\n  总分 = 甲\n}\n'
      const first = '样例 "一" 于 审核日 2025-01-01 {\n  月数: 1\n} 应得 { 总分: 1 }\n'
      await writeFile(file, own.replace('每1个 月数', '每1 月数'))
      await writeFile(cases, first)
      await page.reload()
      await editorReady(page)
      const save = async (name: string) => {
        await page.getByRole('navigation').getByTitle('例.heng', { exact: true }).click()
        await page.locator('.frame-header .frame-path').getByText('例.heng', { exact: true }).waitFor()
        await page.getByLabel('名称', { exact: true }).fill(name)
        await page.getByRole('button', { name: '存为样例' }).click()
      }
      const notice = page.locator('.frame-notice')
      await writeFile(cases, '样例 "坏" 于 {{{ 月数 } 后面\n')
      await save('月数')
      await notice.getByText('先改正文本里的错误').waitFor()
      expect(await page.locator('.frame-header .frame-path').textContent()).toBe('例.cases.heng')
      await writeFile(cases, Buffer.from(`\ufeff${first}`, 'utf16le'))
      await save('月数')
      await notice.getByText('读不了：它是 UTF-16 编码').waitFor()
      expect(await page.locator('.frame-header .frame-path').textContent()).toBe('例.heng')
      await writeFile(cases, first)
      // A name that is a fact's as well, and one that no quotes can hold.
      await save('月数')
      await notice.getByText('样例已写入 例.cases.heng 第4行').waitFor()
      await save('“好”与"坏"')
      await notice.getByText('样例已写入 例.cases.heng 第6行').waitFor()
      await expect.poll(() => page.locator('.active-line-number').allTextContents()).toContain('6')
      await page.keyboard.press('Control+s')
      await expect.poll(() => readFile(cases, 'utf8')).toContain('样例 "好 与 坏"')
      await writeFile(cases, '')
      await page.reload()
      await editorReady(page)
      await save('空')
      await notice.getByText('样例已写入 例.cases.heng 第1行').waitFor()
      // What was written into it and not saved would live on as a draft.
      await page.getByRole('button', { name: '放弃改动' }).click()
      await page.locator('.ant-popconfirm').getByRole('button', { name: '放弃改动' }).click()
      await page.getByText('文件里有错误', { exact: true }).waitFor()
      // A file that is gone while it is looked at lives on as a draft: another is looked at by then.
      await page.getByRole('navigation').getByTitle('例.heng', { exact: true }).click()
      await page.locator('.frame-header .frame-path').getByText('例.heng', { exact: true }).waitFor()
      await rm(cases)
      await save('没有了')
      await notice.getByText('样例已写入 例.heng 第').waitFor()
      await rm(file)
    }))

  test('a file in GB18030 is shown as it reads, and becomes UTF-8 when the author asks', () =>
    withVisit(async () => {
      const { page } = visit
      const text = '政策 旧 {\r\n  基准日 审核日\r\n}\r\n'
      const file = join(studio.folder, '旧.heng')
      const bytes = encodeGb18030(text)
      await writeFile(file, bytes)
      await page.reload()
      await editorReady(page)
      await page.locator('.frame-files').getByRole('button', { name: '旧', exact: true }).click()
      const notice = page.locator('.frame-notice')
      await notice.getByText('GB18030').waitFor()
      await page.locator('.frame-header strong').getByText('旧').waitFor()
      await cursorAfter(page, '政策 旧')
      await page.keyboard.type('年')
      await page.locator('.frame-header strong').getByText('旧年').waitFor()
      await page.keyboard.press('Control+s')
      expect((await readFile(file)).equals(bytes)).toBe(true)
      await notice.getByRole('button', { name: '转成 UTF-8 并保存' }).click()
      await expect.poll(() => readFile(file, 'utf8')).toBe(text.replace('旧', '旧年'))
      await rm(file)
    }))

  test('the interface can be switched to English', () =>
    withVisit(async () => {
      await visit.page.getByRole('button', { name: '界面语言' }).click()
      await visit.page.getByRole('button', { name: 'Save', exact: true }).waitFor()
      await visit.page.getByText('No problems').waitFor()
      await visit.page.locator('.receipt .receipt-rule').getByText('per 1 months 养老保险缴纳月数 award 0.5 points').waitFor()
    }))

  const open = async (name: string) => {
    await visit.page.getByRole('navigation').getByTitle(`${name}.heng`, { exact: true }).click()
    await visit.page.locator('.frame-header .frame-path').getByText(`${name}.heng`).waitFor()
    await editorReady(visit.page)
  }
  const record = (name: string) => visit.page.getByRole('group', { name, exact: true })
  const choose = async (label: string, option: string) => {
    await visit.page.getByLabel(label, { exact: true }).click()
    await visit.page.locator('.ant-select-item-option').filter({ hasText: option }).click()
  }

  test('a record added in the form changes the total; what is wrong in it is said at its field', () =>
    withVisit(async () => {
      const { page } = visit
      await open('县/试验/积分')
      await expect.poll(() => total().textContent()).toBe('16')
      await page.getByRole('button', { name: '添加 献血' }).click()
      await page.getByText('日期：这一条记录里缺这个字段').waitFor()
      await page.keyboard.type('20250201')
      await page.keyboard.press('Tab')
      await page.keyboard.type('2000')
      await page.getByText('毫升：2000 超出范围 0..1000').waitFor()
      await page.keyboard.press('Backspace')
      await expect.poll(() => total().textContent()).toBe('18')
      await page.locator('.receipt').getByText('600毫升，满3个200毫升').waitFor()
      await page.getByRole('button', { name: '删除 献血 第 1 条' }).click()
      await expect.poll(() => total().textContent()).toBe('14')
    }))

  test('no records and records not known are two things', () =>
    withVisit(async () => {
      const { page } = visit
      await open('县/试验/积分')
      await page.getByRole('button', { name: '删除 献血 第 1 条' }).click()
      await expect.poll(() => total().textContent()).toBe('12')
      await page.getByRole('button', { name: '献血 不详' }).click()
      await page.getByText('核实后可能得 12～32 分').waitFor()
      await page.getByRole('button', { name: '献血 没有' }).click()
      await expect.poll(() => page.locator('.person-possible').count()).toBe(0)
      await expect.poll(() => total().textContent()).toBe('12')
      await page.locator('.person-total .person-awaiting').getByText('没有待核实事项').waitFor()
      await record('参保 第 1 条').getByText('是', { exact: true }).click()
      await expect.poll(() => total().textContent()).toBe('10')
    }))

  test('a list of records typed into the text appears in the form', () =>
    withVisit(async () => {
      const { page } = visit
      await open('县/试验/积分')
      const outline = page.getByRole('navigation')
      await outline.getByRole('button', { name: '指标组 加分' }).click()
      await page.keyboard.press('Home')
      await page.keyboard.type('事实 捐款: 记录 { 日期: 日期；金额: 整数 元 范围 0..9000 }\n')
      await page.getByText('事实“捐款”没有被用到').waitFor()
      await outline.getByRole('button', { name: '指标 专用' }).click()
      await page.keyboard.press('End')
      await page.keyboard.type('\n指标 捐赠 最高10分 { 对每条 捐款 得3分 }')
      await page.getByRole('button', { name: '添加 捐款' }).click()
      await record('捐款 第 1 条').getByLabel('日期').fill('2025-01-01')
      await record('捐款 第 1 条').getByLabel('金额').fill('100')
      await expect.poll(() => total().textContent()).toBe('19')
      await page.locator('.receipt').getByText('日期 2025-01-01，金额 100').waitFor()
    }))

  test('a chosen scenario has its own items and days, and is kept and saved with the case', () =>
    withVisit(async () => {
      const { page } = visit
      await open('县/试验/积分')
      await page.locator('.receipt .receipt-absent').getByText('专用').waitFor()
      await choose('应用场景', '入学')
      // The blood was given after the day that this use sets.
      await expect.poll(() => total().textContent()).toBe('17')
      expect(await page.getByLabel('开放日', { exact: true }).count()).toBe(0)
      await page.reload()
      await editorReady(page)
      await expect.poll(() => total().textContent()).toBe('17')
      await page.getByRole('button', { name: '存为样例' }).click()
      await page.getByText(/样例已写入/).waitFor()
      await expect.poll(() => page.locator('.frame-problem.frame-error').count()).toBe(0)
      // It stands in the file of cases beside the policy, which is shown.
      await page.getByText(/样例已写入 .*积分\.cases\.heng 第\d+行/).waitFor()
      await page.keyboard.press('Control+s')
      const file = () => readFile(join(studio.folder, '县', '试验', '积分.cases.heng'), 'utf8')
      await expect.poll(file).toContain('样例 "甲（2）" 应用 入学 于 审核日 2025-06-01 {')
      expect(await file()).toContain('献血: [{日期: 2025-01-01；毫升: 400毫升}]')
    }))

  test('a state shows its end and the clause that gives it; cleared points are 0', () =>
    withVisit(async () => {
      const { page } = visit
      await open('县/试验/积分')
      await page.getByRole('button', { name: '添加 失信' }).click()
      await page.keyboard.type('2024-01-01')
      await page.locator('.person-total .person-state').getByText('禁止申请 至 2027-01-01').waitFor()
      await page.locator('.person-total .person-states').getByText('禁止申请 对每条 失信 自 日期 起3年：日期 2024-01-01 依据 六').waitFor()
      await expect.poll(() => page.locator('output.idle').textContent()).toBe('13')
      await page.getByRole('button', { name: '删除 失信 第 1 条' }).click()
      await page.locator('[id="fact-造假"]').getByText('是', { exact: true }).click()
      await page.locator('.person-total .person-state').getByText('清零').waitFor()
      await expect.poll(() => total().textContent()).toBe('0')
      await page.getByText('计得 16 分').waitFor()
    }))

  test('a policy that is taken in is read anew on opening, and its rules are shown where they stand', () =>
    withVisit(async () => {
      const { page } = visit
      await open('县/试验/积分')
      await writeFile(join(studio.folder, '县', '底本.heng'), base.replace('得0.5分', '得1分'))
      await open('县/底本')
      await open('县/试验/积分')
      await expect.poll(() => total().textContent()).toBe('26')
      await page.locator('.editor-host .view-line').nth(1).click()
      for (const key of ['End', 'ArrowLeft', 'Backspace']) await page.keyboard.press(key)
      await page.locator('.frame-problem.frame-error').getByText('找不到“../底本.hen”').waitFor()
      await page.keyboard.type('g')
      await page.getByText('没有问题').waitFor()
      await page.getByLabel('审核日', { exact: true }).fill('2019-12-31')
      await page.locator('.person-total').getByText('试算：2019-12-31 不在“底本”的施行期内').waitFor()
      await page.getByLabel('审核日', { exact: true }).fill('2025-06-01')
      // It stands beside, where it cannot be written, and whoever is looked at stays.
      await page.locator('.receipt').getByRole('button', { name: '每1个月 月数 得1分' }).click()
      const beside = page.locator('.frame-beside')
      await beside.getByText('这一条写在“底本”里').waitFor()
      await beside.getByText('它是引用来的，在这里不能改').waitFor()
      await beside.locator('.view-line').filter({ hasText: '每1个月 月数 得1分' }).waitFor()
      await beside.locator('.view-line').first().click()
      await page.keyboard.type('甲')
      expect(await page.locator('.frame-header .frame-path').textContent()).toBe('县/试验/积分.heng')
      expect(await page.locator('.person-samples [aria-pressed=true] .person-name').textContent()).toBe('甲')
      await beside.getByRole('button', { name: '打开它' }).click()
      await page.locator('.frame-header .frame-path').getByText('县/底本.heng').waitFor()
      await expect.poll(() => page.locator('.active-line-number').textContent()).toBe('7')
      expect(await beside.count()).toBe(0)
      await writeFile(join(studio.folder, '县', '底本.heng'), base)
    }))

  test('what changed on disk is taken when the window is looked at again, but never over unsaved text', () =>
    withVisit(async () => {
      const { page } = visit
      await open('县/底本')
      await page.getByText('没有问题').waitFor()
      await editorReady(page)
      await writeFile(join(studio.folder, '县', '新的.heng'), '政策 新的 {\n  指标 甲 { 基础 得1分 }\n  总分 = 甲\n}\n')
      await writeFile(join(studio.folder, '县', '底本.heng'), base.replace('最高60分', '最高50分'))
      await page.evaluate(() => window.dispatchEvent(new Event('focus')))
      await page.getByTitle('县/新的.heng', { exact: true }).waitFor()
      await page.locator('.view-line').filter({ hasText: '最高50分' }).waitFor()
      await page.getByText('已保存', { exact: true }).waitFor()
      await cursorAfter(page, '社保 最高5')
      await page.keyboard.type('5')
      await writeFile(join(studio.folder, '县', '底本.heng'), base)
      await page.evaluate(() => window.dispatchEvent(new Event('focus')))
      await page.waitForTimeout(300)
      await page.locator('.view-line').filter({ hasText: '最高550分' }).waitFor()
      await page.locator('.frame-header .frame-state').getByText('草案').waitFor()
    }))

  test('F12 on what another policy brings opens that policy', () =>
    withVisit(async () => {
      const { page } = visit
      await open('县/试验/积分')
      await page.getByText('没有问题').waitFor()
      await cursorAfter(page, '引用 底')
      await page.keyboard.press('F12')
      await page.locator('.frame-header .frame-path').getByText('县/底本.heng').waitFor()
      await expect.poll(() => page.locator('.active-line-number').textContent()).toBe('1')
    }))

  test('the page itself never scrolls, whatever a receipt holds', () =>
    withVisit(async () => {
      await open('县/试验/积分')
      await total().waitFor()
      expect(await visit.page.evaluate(() => document.documentElement.scrollHeight === window.innerHeight)).toBe(true)
    }))

  test('the official text stands beside the rules, and each leads to the other', () =>
    withVisit(async () => {
      const { page } = visit
      await open(policy.replace('.heng', ''))
      await page.getByText('官方原文').click()
      const clause = (words: string) => page.locator('.official .official-clause').filter({ hasText: words })
      await page.locator('.official .official-sum').getByText('未交代 0').waitFor()
      await clause('(一)办理渠道').getByText('程序').waitFor()
      await clause('大专(高职)学历').getByRole('button', { name: '指标 文化程度' }).click()
      await expect.poll(() => page.locator('.active-line-number').textContent()).toBe('25')
      await expect.poll(() => clause('大专(高职)学历').getAttribute('aria-current')).toBe('true')
      await cursorAfter(page, '居住时间 最高')
      await expect.poll(() => clause('累计居住时间').getAttribute('aria-current')).toBe('true')
      expect(await page.locator('.official [aria-current]').count()).toBe(1)
      // What a clause takes away is marked by itself where nothing accounts for it.
      const quoted = '五(三)“获得的积分清零”、'
      await cursorAfter(page, quoted)
      for (const _ of quoted) await page.keyboard.press('Backspace')
      await page.locator('.official .official-sum').getByText('未交代 1').waitFor()
      await clause('(三)责任追究').getByText('“伪造、变造或使用虚假申请材料而获得的积分清零”').waitFor()
      await page.getByText('申请人', { exact: true }).click()
      await total().waitFor()
    }))

  test('several papers of an official text stand one after the other, and say where a citation is unclear', () =>
    withVisit(async () => {
      const { page } = visit
      await open('县/两件/积分')
      await page.getByText('官方原文').click()
      const pane = page.locator('.official')
      await pane.getByText('县/两件/细则.txt').waitFor()
      expect(await pane.locator('.official-clause .official-words').allTextContents()).toEqual([
        '未交代现予公布。',
        '未交代一、甲。',
        '规则二、乙。',
        '未交代三：原文缺这个编号',
        '略四、丁。',
        '未交代一、丙。',
      ])
      await pane.getByRole('button', { name: '“一”在原文里有 2 处，改写成 "《办法》一" 或 "《细则》一"' }).click()
      await expect.poll(() => page.locator('.active-line-number').textContent()).toBe('3')
    }))

  test('a file of cases is checked against the policy beside it', () =>
    withVisit(async () => {
      const { page } = visit
      await open('县/试验/积分.cases')
      await page.getByText('没有问题').waitFor()
      await page.locator('.frame-header strong').getByText('试验县积分').waitFor()
      // Of its cases the one of whom most is known: another may have been saved here before.
      await expect.poll(() => total().textContent()).toMatch(/^(?:3|17)$/)
    }))

  test('the address leads to a policy, a pane and a rule, and Back goes back', () =>
    withVisit(async () => {
      const { page } = visit
      await open('县/试验/积分')
      const pressed = () => page.locator('.frame-choice [aria-checked=true], .frame-choice .ant-segmented-item-selected').textContent()
      await page.locator('.frame-choice').getByText('官方原文').click()
      await page.getByRole('navigation').getByRole('button', { name: '指标 公益' }).click()
      await expect.poll(() => decodeURIComponent(new URL(page.url()).hash)).toBe('#/县/试验/积分.heng?face=official&item=加分.公益')
      const address = page.url()
      await page.getByRole('navigation').getByRole('button', { name: '指标 专用' }).click()
      await expect.poll(() => page.locator('.active-line-number').textContent()).toBe('13')
      await page.goBack()
      await expect.poll(() => page.locator('.active-line-number').textContent()).toBe('11')
      await page.goBack()
      await page.goBack()
      await expect.poll(pressed).toBe('申请人')
      expect(await page.locator('.frame-header .frame-path').textContent()).toBe('县/试验/积分.heng')
      await page.goBack()
      await page.locator('.frame-header .frame-path').getByText('zhejiang/common-2023.heng').waitFor()
      await page.goto('about:blank')
      await page.goto(address)
      await editorReady(page)
      await expect.poll(pressed).toBe('官方原文')
      await expect.poll(() => page.locator('.active-line-number').textContent()).toBe('11')
      await page.goto(address.replace(/#.*/, `#/${encodeURIComponent('没有的')}.heng?item=x`))
      await editorReady(page)
    }))

  test('panes are dragged by the keyboard, folded and found again, and stay so', () =>
    withVisit(async () => {
      const { page } = visit
      const width = (place: string) => page.locator(place).evaluate((pane) => pane.getBoundingClientRect().width)
      const before = await width('.frame-right')
      await page.getByRole('separator', { name: '调整“申请人”的宽度' }).focus()
      await page.keyboard.press('ArrowLeft')
      await expect.poll(() => width('.frame-right')).toBeGreaterThan(before)
      const wider = await width('.frame-right')
      const command = async (name: string) => {
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').getByRole('combobox').fill(name)
        await page.locator('.ant-select-item-option').filter({ hasText: name }).first().waitFor()
        await page.keyboard.press('Enter')
        await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
      }
      await command('收起或展开左栏')
      await expect.poll(() => width('.frame-sidebar')).toBeLessThan(2)
      await command('收起或展开左栏')
      await expect.poll(() => width('.frame-sidebar')).toBeGreaterThan(100)
      await page.reload()
      await editorReady(page)
      expect(Math.abs((await width('.frame-right')) - wider)).toBeLessThan(2)
    }))

  test('with less room panes become tabs, and nothing is out of reach', () =>
    withVisit(async () => {
      const { page } = visit
      const tab = (name: string) => page.locator('.frame-choice').getByText(name)
      await page.setViewportSize({ width: 1280, height: 720 })
      await tab('政策').click()
      await page.getByRole('navigation').getByTitle('县/试验/积分.heng', { exact: true }).click()
      await page.locator('.frame-header .frame-path').getByText('县/试验/积分.heng').waitFor()
      await tab('申请人').click()
      await expect.poll(() => total().textContent()).toBe('16')
      // As at twice the size.
      await page.setViewportSize({ width: 640, height: 360 })
      await expect.poll(() => total().textContent()).toBe('16')
      expect(await page.locator('.view-line').count()).toBe(0)
      await page.locator('.receipt .receipt-row').filter({ hasText: '每满200毫升' }).click()
      await editorReady(page)
      await expect.poll(() => page.locator('.active-line-number').textContent()).toBe('11')
      await page.keyboard.press('Control+End')
      await page.keyboard.type('# 末尾')
      await tab('申请人').click()
      await page.setViewportSize({ width: 1440, height: 900 })
      await editorReady(page)
      await page.locator('.frame-header .frame-state').getByText('草案').waitFor()
      await page.locator('.editor-host .view-lines').click()
      await page.keyboard.press('Control+End')
      await page.locator('.view-line').filter({ hasText: '# 末尾' }).waitFor()
      const isWhole = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)
      expect(await isWhole()).toBe(true)
      // Taken back, for those who look at it next.
      await page.getByRole('button', { name: '放弃改动' }).click()
      await page.locator('.ant-popconfirm').getByRole('button', { name: '放弃改动' }).click()
      await page.locator('.frame-header .frame-state').getByText('已保存').waitFor()
    }))

  test('the theme is the system’s until another is chosen, which stays', () =>
    withVisit(async () => {
      const { page } = visit
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      const editor = () => page.locator('.editor-host .monaco-editor').first().getAttribute('class')
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.reload()
      await editorReady(page)
      expect([await ground(), await editor()]).toEqual(['rgb(21, 24, 28)', expect.stringContaining('vs-dark')])
      await page.emulateMedia({ colorScheme: 'light' })
      await expect.poll(ground).toBe('rgb(255, 255, 255)')
      await page.emulateMedia({ colorScheme: 'dark' })
      await expect.poll(editor).toContain('vs-dark')
      await page.getByRole('button', { name: '浅色' }).click()
      await expect.poll(ground).toBe('rgb(255, 255, 255)')
      await page.reload()
      await editorReady(page)
      expect([await ground(), await editor()]).toEqual(['rgb(255, 255, 255)', expect.not.stringContaining('vs-dark')])
    }))

  test('where nothing can be worked out, that is told', async () => {
    const context = await studio.browser.newContext()
    const page = await context.newPage()
    await page.route('**/assets/language.worker-*.js', (route) => route.abort())
    await page.goto(studio.address)
    await page.locator('.frame-notice').getByText('计算出了问题').waitFor()
    await context.close()
  })

  test('an address of a policy that is not there is told, and another is shown', () =>
    withVisit(async () => {
      const { page } = visit
      await page.goto('about:blank')
      await page.goto(`${visit.served.address}#/${encodeURIComponent('没有的')}.heng?item=x`)
      await editorReady(page)
      await page.locator('.frame-notice').getByText('读不了：文件不在了').waitFor()
    }))

  test('somebody who is added keeps the form that one writes in', () =>
    withVisit(async () => {
      const { page } = visit
      await page.evaluate(() => {
        const seen: string[] = []
        Object.assign(globalThis, { seen })
        new MutationObserver(() => {
          if (document.querySelector('#person-form') === null) seen.push('the form is gone')
          const said = document.body.textContent ?? ''
          for (const words of ['还不能计分', '下面是改动前的结果']) if (said.includes(words)) seen.push(words)
        }).observe(document.body, { subtree: true, childList: true, characterData: true })
      })
      await page.getByRole('button', { name: '新增' }).click()
      await page.getByLabel('名称', { exact: true }).fill('李四')
      await cursorAfter(page, '居住时间 最高')
      for (const key of ['Delete', '2', 'Backspace', '3']) await page.keyboard.press(key)
      await page.getByRole('button', { name: '李四' }).waitFor()
      await page.waitForTimeout(500)
      expect(await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)).toEqual([])
    }))

  test('one field finds policies, rules, what can be done, and words in any policy', () =>
    withVisit(async () => {
      const { page } = visit
      const option = (text: string) => page.locator('.ant-select-item-option').filter({ hasText: text })
      const search = async (text: string) => {
        await page.keyboard.press('Control+k')
        await page.getByRole('dialog').getByRole('combobox').fill(text)
      }
      await page.getByRole('button', { name: '搜索' }).click()
      await page.getByRole('dialog').getByRole('combobox').fill('试验县')
      await option('试验县积分 — 县/试验/积分.heng').click()
      await page.locator('.frame-header .frame-path').getByText('县/试验/积分.heng').waitFor()
      await search('公益')
      await option('指标 加分.公益').click()
      await expect.poll(() => page.locator('.active-line-number').textContent()).toBe('11')
      await search('累计居住时间 没有的词')
      await page.getByText('没有找到').waitFor()
      await page.keyboard.press('Escape')
      await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
      await search('当 学历 是 大专')
      await option('zhejiang/common-2023.heng').click()
      await page.locator('.frame-header .frame-path').getByText('zhejiang/common-2023.heng').waitFor()
      await search('English')
      await option('English').click()
      await page.getByRole('button', { name: 'Search' }).waitFor()
    }))

  test('on paper stands the receipt of who is looked at, whole', () =>
    withVisit(async () => {
      const { page } = visit
      await page.emulateMedia({ media: 'print' })
      const seen = (place: string) => page.locator(place).first().isVisible()
      for (const place of ['.frame-header', '.frame-sidebar', '.frame-middle', '.person-form', '.person-samples .bar', '.frame-right .frame-choice'])
        expect([place, await seen(place)]).toEqual([place, false])
      for (const place of ['.person-samples .person-name', '.receipt', '.person-total']) expect([place, await seen(place)]).toEqual([place, true])
      const [held, height] = await page.evaluate(() => [
        document.querySelector('.receipt')?.getBoundingClientRect().bottom ?? 0,
        document.documentElement.scrollHeight,
      ])
      expect(held).toBeLessThanOrEqual(height)
    }))

  test('from the keyboard one gets to the text first', () =>
    withVisit(async () => {
      const { page } = visit
      await page.keyboard.press('Tab')
      await page.getByRole('button', { name: '跳到政策文本' }).click()
      await page.keyboard.press('Control+End')
      await page.keyboard.type('# 末尾')
      await page.locator('.view-line').filter({ hasText: '# 末尾' }).waitFor()
    }))

  test('a policy with a sample file starts with typical people, the middling one first', () =>
    withVisit(async () => {
      const { page } = visit
      const file = join(studio.folder, 'zhejiang', 'common-2023.people.json')
      await cp(join(import.meta.dirname, '..', '..', 'policies', 'zhejiang', 'common-2023.people.json'), file)
      await page.reload()
      await editorReady(page)
      await page.locator('.person-samples').getByText('典型申请人（居中）').waitFor()
      await page.locator('.person-samples li').nth(4).waitFor()
      const figures = (await page.locator('.person-samples .person-figure').allTextContents()).map(Number)
      const [middle, low, high, lowest, highest] = figures as [number, number, number, number, number]
      expect([lowest, low, middle, high, highest]).toEqual([...figures].sort((a, b) => a - b))
      expect(highest).toBeGreaterThan(lowest)
      await page.getByLabel('累计居住月数', { exact: true }).fill('1200')
      await page.reload()
      await editorReady(page)
      expect(await page.locator('.person-samples li').count()).toBe(5)
      await rm(file)
    }))

  test('a long list of what awaits proof is folded', () =>
    withVisit(async () => {
      const { page } = visit
      await page.locator('.person-samples').getByRole('button', { name: '新增' }).click()
      await page.locator('.person-total summary').getByText('待核实 7 项').click()
      await page.locator('.person-total details').getByText('出生日期、').waitFor()
    }))

  test.each(['light', 'dark'] as const)('axe finds no fault in the %s theme, at rest, with findings and in every pane', async (colorScheme) => {
    const axe = await readFile(join(import.meta.dirname, '..', '..', 'node_modules', 'axe-core', 'axe.min.js'), 'utf8')
    visit = await studio.visit()
    const { page } = visit
    await page.emulateMedia({ colorScheme })
    await page.reload()
    await editorReady(page)
    const faults = async () => {
      await page.evaluate(axe)
      return page.evaluate(async () => {
        const run = (globalThis as unknown as { axe: { run(options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run
        const { violations } = await run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
      })
    }
    expect(await faults()).toEqual([])
    await cursorAfter(page, '当 学历 是 大')
    await page.keyboard.type('砖')
    await page.getByLabel('累计居住月数', { exact: true }).fill('12.5')
    await page.locator('.frame-problem.frame-error').first().waitFor()
    expect(await faults()).toEqual([])
    await open('县/试验/积分')
    await page.getByRole('button', { name: '添加 失信' }).click()
    await page.keyboard.type('2024-01-01')
    await page.locator('.person-total .person-state.person-barred').waitFor()
    await page.locator('.receipt').getByRole('button', { name: '每1个月 月数 得' }).click()
    await page.locator('.frame-beside .view-line').first().waitFor()
    expect(await faults()).toEqual([])
    await page.locator('.frame-choice').getByText('样例').click()
    await page.locator('.cases-case-pane').waitFor()
    expect(await faults()).toEqual([])
    await page.locator('.frame-choice').getByText('官方原文').click()
    await page.getByText('政策没有写 原文').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').waitFor()
    expect(await faults()).toEqual([])
    await page.keyboard.press('Escape')
    await open(policy.replace('.heng', ''))
    await page.locator('.official .official-sum').waitFor()
    expect(await faults()).toEqual([])
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.locator('.frame-choice').getByText('政策').click()
    expect(await faults()).toEqual([])
    await page.setViewportSize({ width: 640, height: 360 })
    expect(await faults()).toEqual([])
    await visit.close()
  })
})
