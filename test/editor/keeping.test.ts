// Nothing typed is lost: not by a restart, a second page, another browser, a deleted file, a full disk, or by switching policies.

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cursorAfter, editorReady, noBrowser, openStudio, type Studio, type Visit } from './browser.ts'

const policy = `# 说明
政策 甲县 {
  基准日 审核日
  事实 月数: 整数 个月 范围 0..600
  事实 年数: 整数 年 范围 0..60

  指标 社保 最高30分 { 每1个月 月数 得1分 }

  指标 居住 最高20分 { 每1年 年数 得2分 }

  总分 = 社保 + 居住
}
`

describe.skipIf(noBrowser)('unfinished work', () => {
  let studio: Studio
  let visit: Visit
  const file = () => join(studio.folder, '甲县.heng')
  const onDisk = () => readFile(file(), 'utf8')

  beforeAll(async () => {
    studio = await openStudio()
  })
  afterAll(async () => {
    await studio?.close()
  })
  beforeEach(async () => {
    await writeFile(file(), policy)
    visit = await studio.visit()
    await open(visit.page, '甲县')
  })
  afterEach(async () => {
    await visit.close()
  })

  const open = async (page: Page, name: string) => {
    await page.getByRole('navigation').getByTitle(`${name}.heng`, { exact: true }).click()
    await page.locator('.frame-header .frame-path').getByText(`${name}.heng`, { exact: true }).waitFor()
    await editorReady(page)
  }
  const shown = (page: Page) => page.locator('.editor-host .view-lines').innerText()
  const says = (page: Page, line: string) => expect.poll(async () => (await shown(page)).replaceAll('\u00a0', ' ')).toContain(line)
  const kept = async () => {
    const folder = join(visit.served.state, 'drafts')
    const names = await readdir(folder)
    return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n')
  }
  const type = async (page: Page, after: string, written: string) => {
    await cursorAfter(page, after)
    await page.keyboard.type(written)
  }
  const state = (page: Page) => page.locator('.frame-header .frame-state')
  const notice = (page: Page) => page.locator('.frame-notice')

  test('a draft is there after a restart of the server and in another browser, and its file is as it was', async () => {
    const { page, served } = visit
    await type(page, '指标 社保', '险')
    await page.locator('.frame-header .frame-state').getByText('草案').waitFor()
    await expect.poll(kept).toContain('社保险')
    await served.stop()
    await served.start()
    const other = await visit.another('another')
    await open(other, '甲县')
    await says(other, '指标 社保险 最高')
    await notice(other).getByText('这是没有保存的草案').waitFor()
    expect(await onDisk()).toBe(policy)
    expect((await readdir(studio.folder)).sort()).toEqual(['zhejiang', '甲县.heng'])
  })

  test('what is typed while the server is gone is told, and kept as soon as it is back', async () => {
    const { page, served } = visit
    await served.stop()
    await type(page, '指标 社保', '险')
    await notice(page).getByText('工作台的服务没有应答').waitFor()
    await served.start()
    await expect.poll(kept).toContain('社保险')
    await expect.poll(() => notice(page).count()).toBe(0)
  })

  test('a page that is left at once has its last keys kept', async () => {
    const { page } = visit
    await type(page, '指标 社保', '险')
    await page.goto('about:blank')
    await expect.poll(kept).toContain('社保险')
  })

  test('what is typed while another policy was about to be opened stays, of the text and of people', async () => {
    const { page } = visit
    await writeFile(join(studio.folder, '丙县.heng'), policy.replace('甲县', '丙县'))
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    const list = page.getByRole('navigation')
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/policy\?path=%E4%B8%99/, async (route) => {
      await released
      await route.continue()
    })
    await list.getByTitle('丙县.heng', { exact: true }).click()
    await list.getByTitle('甲县.heng', { exact: true }).click()
    await type(page, '指标 社保', '险')
    await page.getByLabel('名称', { exact: true }).fill('李四')
    release()
    await expect.poll(kept).toContain('社保险')
    await page.waitForTimeout(1500)
    await says(page, '指标 社保险 最高')
    expect(await page.getByLabel('名称', { exact: true }).inputValue()).toBe('李四')
    await expect.poll(() => page.getByTestId('total').count()).toBe(1)
    await rm(join(studio.folder, '丙县.heng'))
  })

  test('what a page that is gone could not send is not forgotten by another that can', async () => {
    const { page, served } = visit
    const other = await visit.another('same')
    await open(other, '甲县')
    await served.stop()
    await type(page, '指标 社保', '险')
    await notice(page).getByText('工作台的服务没有应答').waitFor()
    await page.close()
    await served.start()
    await type(other, '指标 居住', '年')
    await expect.poll(kept).toContain('居住年')
    const third = await visit.another('same')
    await open(third, '甲县')
    // Both changed lines of their own, but the one is gone: what it wrote is set aside, and told.
    await notice(third).getByText('你的这一份另放着').waitFor()
    await notice(third).getByRole('button', { name: '换成我的这一份' }).click()
    await says(third, '指标 社保险 最高')
  })

  test('a disk that takes nothing is told, and nothing is lost by it', async () => {
    const { page, served } = visit
    const folder = join(served.state, 'drafts')
    await rm(folder, { recursive: true })
    await writeFile(folder, '')
    await type(page, '指标 社保', '险')
    await notice(page).getByText('这会儿留不住').waitFor()
    await rm(folder)
    await mkdir(folder)
    await expect.poll(kept).toContain('社保险')
    await expect.poll(() => notice(page).count()).toBe(0)
  })

  test('a second page follows the first, and lines of their own are joined', async () => {
    const { page } = visit
    const other = await visit.another('same')
    await open(other, '甲县')
    await type(page, '指标 社保', '险')
    await says(other, '指标 社保险 最高')
    // Both within the moment in which nothing is sent yet.
    await cursorAfter(page, '指标 社保险')
    await cursorAfter(other, '指标 居住')
    await Promise.all([page.keyboard.type('甲'), other.keyboard.type('乙')])
    for (const each of [page, other]) {
      await says(each, '指标 社保险甲 最高')
      await says(each, '指标 居住乙 最高')
    }
    expect(visit.complaints).toEqual([])
  })

  test('where two pages change one line, one text stands and the other is set aside', async () => {
    const { page } = visit
    const other = await visit.another('another')
    await open(other, '甲县')
    // The other page hears of nothing until the first one's draft is kept.
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await other.route(/\/api\/(standing|draft)/, async (route) => {
      await released
      await route.continue()
    })
    await type(other, '指标 社保', '乙乙乙')
    await type(page, '指标 社保', '甲甲甲')
    await expect.poll(kept).toContain('甲甲甲')
    release()
    await notice(other).getByText('另放着').waitFor()
    for (const each of [page, other]) await says(each, '指标 社保甲甲甲')
    await notice(other).getByRole('button', { name: '换成我的这一份' }).click()
    for (const each of [page, other]) await says(each, '指标 社保乙乙乙')
  })

  test('what is saved on one page takes nothing from a draft that another page went on with', async () => {
    const { page } = visit
    const other = await visit.another('another')
    await open(other, '甲县')
    await type(page, '最高3', '5')
    await expect.poll(kept).toContain('最高350分')
    await says(other, '最高350分')
    // The first page hears nothing of what the other one goes on with.
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(/\/api\/standing/, async (route) => {
      await released
      await route.continue()
    })
    await type(other, '最高2', '7')
    await expect.poll(kept).toContain('最高270分')
    await page.keyboard.press('Control+s')
    await expect.poll(onDisk).toContain('最高350分')
    release()
    for (const each of [page, other]) {
      await says(each, '最高270分')
      await notice(each).getByRole('button', { name: '并入' }).click()
      await says(each, '最高270分')
      await says(each, '最高350分')
    }
    await other.keyboard.press('Control+s')
    await expect.poll(onDisk).toContain('最高270分')
  })

  test('where another page saved and the file cannot be read just now, what stands on this one stays', async () => {
    const { page } = visit
    const other = await visit.another('another')
    await open(other, '甲县')
    await type(page, '最高3', '5')
    await says(other, '最高350分')
    await other.route(/\/api\/policy\?/, (route) => route.abort())
    const failed = other.waitForEvent('requestfailed')
    await page.keyboard.press('Control+s')
    await expect.poll(onDisk).toContain('最高350分')
    await failed
    await says(other, '最高350分')
    await type(other, '最高2', '7')
    await expect.poll(kept).toContain('最高270分')
  })

  test('what is typed, left for another policy and come back to at once is there', async () => {
    const { page } = visit
    for (const letter of ['甲', '乙', '丙']) {
      await type(page, '# 说明', letter)
      await open(page, 'zhejiang/common-2023')
      await open(page, '甲县')
      await says(page, `# 说明${letter}`)
    }
    await expect.poll(kept).toContain('# 说明丙乙甲')
  })

  test('a file that is deleted lives on as a draft, also for who comes later, and is written again by saving', async () => {
    const { page } = visit
    await rm(file())
    await notice(page).getByText('文本留作草案').waitFor()
    await expect.poll(kept).toContain('甲县')
    const other = await visit.another('another')
    await open(other, '甲县')
    await says(other, '指标 社保 最高')
    await page.bringToFront()
    await page.getByRole('button', { name: '保存' }).click()
    await expect.poll(() => onDisk().catch(() => '')).toBe(policy)
  })

  test('what somebody else writes into the file is told at once, and joined when asked', async () => {
    const { page } = visit
    await writeFile(file(), policy.replace('得2分', '得3分'))
    await says(page, '年数 得3分')
    await type(page, '最高3', '5')
    await writeFile(file(), policy.replace('得2分', '得4分'))
    await notice(page).getByText('刚被别人改了').waitFor()
    await notice(page).getByRole('button', { name: '并入' }).click()
    await says(page, '最高350分')
    await says(page, '年数 得4分')
    expect(await onDisk()).toContain('最高30分')
    await page.keyboard.press('Control+s')
    await expect.poll(onDisk).toContain('最高350分')
    await expect.poll(() => state(page).textContent()).toBe('已保存')
    await expect.poll(kept).not.toContain('最高350分')
  })

  test('what was typed can be taken back after another policy was looked at', async () => {
    const { page } = visit
    await type(page, '指标 社保', '险')
    await says(page, '指标 社保险 最高')
    await open(page, 'zhejiang/common-2023')
    await open(page, '甲县')
    await page.locator('.editor-host .view-lines').click()
    await page.keyboard.press('Control+z')
    await says(page, '指标 社保 最高')
    await expect.poll(() => state(page).textContent()).toBe('已保存')
  })

  test('a text with errors is not saved but kept as a draft, and can be handed out as a file that is no policy', async () => {
    const { page } = visit
    await type(page, '每1个月 月', '份')
    await page.locator('.frame-problem.frame-error').first().waitFor()
    await page.keyboard.press('Control+s')
    await notice(page).getByText('没有保存：还有 1 处错误').waitFor()
    expect(await onDisk()).toBe(policy)
    expect(await state(page).textContent()).toBe('草案')
    const [download] = await Promise.all([page.waitForEvent('download'), notice(page).getByRole('button', { name: '另存草案' }).click()])
    expect(download.suggestedFilename()).toBe('甲县.heng.draft')
    await expect.poll(kept).toContain('月份数')
  })

  test('a draft is marked in the list', async () => {
    const { page } = visit
    await type(page, '指标 社保', '险')
    await page.getByRole('navigation').getByTitle('甲县.heng').getByText('草案').waitFor()
    await open(page, 'zhejiang/common-2023')
    await page.getByRole('navigation').getByTitle('甲县.heng').getByText('草案').waitFor()
  })

  test('people are the same in every browser; removed ones come back, deleted ones leave nothing', async () => {
    const { page, served } = visit
    const people = (each: Page) => each.locator('.person-samples li .person-name').allTextContents()
    await page.getByLabel('月数', { exact: true }).fill('12')
    await page.getByLabel('名称', { exact: true }).fill('张师傅')
    await page.locator('.person-samples').getByRole('button', { name: '新增' }).click()
    await page.getByLabel('名称', { exact: true }).fill('李工')
    const other = await visit.another('another')
    await open(other, '甲县')
    await expect.poll(() => people(other)).toEqual(['张师傅', '李工'])
    expect(await other.getByLabel('月数', { exact: true }).inputValue()).toBe('12')
    await page.bringToFront()
    await page.locator('.person-samples').getByRole('button', { name: '移除' }).click()
    await expect.poll(() => people(other)).toEqual(['张师傅'])
    await notice(page).getByRole('button', { name: '撤销' }).click()
    await expect.poll(() => people(other)).toEqual(['张师傅', '李工'])
    await page.locator('.person-samples').getByRole('button', { name: '移除' }).click()
    await page.locator('.person-samples').getByRole('button', { name: '更多' }).click()
    await page.getByRole('menuitem', { name: '已移除的（1）' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '彻底删除' }).click()
    await page.locator('.ant-popconfirm').getByRole('button', { name: '彻底删除' }).click()
    const [name = ''] = await readdir(join(served.state, 'people'))
    await expect.poll(() => readFile(join(served.state, 'people', name), 'utf8')).not.toContain('李工')
    expect(visit.complaints).toEqual([])
  })

  test('people are exported as a file and imported from it, and nothing else is', async () => {
    const { page } = visit
    const people = () => page.locator('.person-samples li .person-name').allTextContents()
    await page.getByLabel('名称', { exact: true }).fill('张师傅')
    await page.locator('.person-samples').getByRole('button', { name: '更多' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: '导出申请人' }).click()])
    const exported = await readAll(await download.createReadStream())
    expect(JSON.parse(exported)).toMatchObject({ heng: 'people', people: [{ name: '张师傅' }] })
    const put = (content: string) =>
      page.locator('.person-samples input[type=file]').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(content) })
    await put(exported)
    await expect.poll(people).toEqual(['张师傅', '张师傅'])
    await put('{"heng":"policy"}')
    await notice(page).getByText('没有导入').waitFor()
    expect(await people()).toEqual(['张师傅', '张师傅'])
  })

  test('the address says what is looked at: Back goes back, a link leads there', async () => {
    const { page, served } = visit
    expect(decodeURIComponent(new URL(page.url()).hash)).toBe('#/甲县.heng')
    await open(page, 'zhejiang/common-2023')
    await page.goBack()
    await page.locator('.frame-header .frame-path').getByText('甲县.heng', { exact: true }).waitFor()
    await page.goForward()
    await page.locator('.frame-header .frame-path').getByText('zhejiang/common-2023.heng', { exact: true }).waitFor()
    await page.goto('about:blank')
    await page.goto(`${served.address}#/${encodeURIComponent('甲县')}.heng`)
    await page.locator('.frame-header .frame-path').getByText('甲县.heng', { exact: true }).waitFor()
    await page.goto('about:blank')
    await page.goto(`${served.address}#/%E0%A4%A`)
    await editorReady(page)
  })

  test('the list says what a policy is called, the number of its paper and whether it is in force; its cases stand below it', async () => {
    const { page } = visit
    const entry = (path: string) => page.getByRole('navigation').getByTitle(path, { exact: true })
    expect(await entry('zhejiang/common-2023.heng').textContent()).toMatch(/^浙江省新市民积分浙政办发〔2023〕38号 · (现行|已到期)$/)
    await writeFile(join(studio.folder, '乙县.heng'), '政策 乙县 { 施行 2999-01-01 }')
    await writeFile(join(studio.folder, '丙县.heng'), '政策 丙县 { 施行 2000-01-01 至 2001-01-01\n指标 {{')
    await writeFile(join(studio.folder, '丙县.cases.heng'), '')
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await entry('乙县.heng').getByText('未施行').waitFor()
    expect(await entry('丙县.heng').textContent()).toBe('丙县已到期')
    expect(
      await page
        .locator('.frame-files li')
        .filter({ has: page.getByTitle('丙县.heng', { exact: true }) })
        .getByRole('button')
        .allTextContents(),
    ).toEqual(['丙县已到期', '样例文件'])
  })
})
