// heng rank as a real process, and scoring with scenarios and with records from files of their own.

import { readFile, writeFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { heng, inFolder } from './run.ts'

const text = `政策 示例 {
  基准日 审核日

  事实 在住: 是否   必填
  事实 家庭编号: 文本   缺省 编号
  事实 镇: 文本
  事实 月数: 整数 个月   范围 0..600
  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升   范围 0..10000 }
  事实 序号: 整数   必填   唯一

  指标 参保 { 每1个月 月数 得1分 }
  指标 公益 { 每满200毫升 合计(献血 近3年(审核日), 毫升) 得2分 }
  指标 加分 仅用于 入学 { 基础 得5分 }

  总分 = 参保 + 公益 + 加分

  失效 当 非 在住   依据 "二"

  应用 入学 {
    名额 按 镇
    次轮 剩余名额
    同户 家庭编号 取高
    排序 总分 从高到低、另一方(参保, 0分) 从高到低
    并列 同名次
    末位同分 抽签
  }
  应用 入住 {
    名额 1
    排序 总分 从高到低、序号 从低到高
  }
}
`

const people = `编号,在住,家庭编号,镇,月数,序号
甲,是,H1,东,10,1
乙,是,H1,东,30,2
丙,是,,东,30,3
丁,是,,东,20,4
戊,是,,西,5,5
己,否,,西,50,6
庚,是,,西,x,7
`
const donations = '编号,日期,毫升\n丁,2024-03-02,400\n丁,2022-03-01,400\n'

async function ranked(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
  return inFolder(async (folder) => {
    const all = { 'policy.heng': text, 'people.csv': people, 'donations.csv': donations, 'quotas.csv': '名单,名额\n东,1\n西,2\n', ...files }
    for (const [name, content] of Object.entries(all)) await writeFile(`${folder}/${name}`, content)
    const run = await heng(['rank', 'policy.heng', '--people', 'people.csv', '--as-of', '审核日=2025-03-01', '--out', 'out.csv', ...args], { cwd: folder })
    const read = async (name: string) =>
      parse(await readFile(`${folder}/${name}`, 'utf8').catch(() => ''), { columns: true, bom: true }) as Record<string, string>[]
    return { ...run, rows: await read('out.csv'), rejects: await read('out.rejects.csv') }
  })
}

const short = ({ 编号, 名单, 名次, 结果, 轮次, 区分项 }: Record<string, string>) => [编号, 名单, 名次, 结果, 轮次, 区分项]
const school = ['--scenario', '入学', '--records', '献血=donations.csv', '--quota-file', 'quotas.csv']

describe('heng rank', () => {
  test('gives places by list, then what is left to all, and says who takes no part and why', async () => {
    const run = await ranked([...school, '--seed', '2025'])
    expect(run.code).toBe(1)
    // 乙 is the candidate of her household: 30 + 5 like 丙, and first by the other member's 10.
    expect(run.rows.map(short)).toEqual([
      ['乙', '东', '1', '入围', '1', ''],
      ['丙', '东', '2', '入围', '2', '另一方(参保, 0分)'],
      ['丁', '东', '3', '未入围', '', '总分'],
      ['戊', '西', '1', '入围', '1', ''],
      ['己', '', '', '', '', ''],
      ['甲', '', '', '', '', ''],
    ])
    // 20 months, 5 for this use, and the 400 ml inside the window: 2022-03-01 lies just outside.
    expect(run.rows[2]).toMatchObject({ 总分: '29', 状态: '符合条件', 说明: '无同户申请人' })
    expect(run.rows[5]?.说明).toBe('由配偶（同户另一方）参加排名；同户 乙')
    expect(run.rows[4]).toMatchObject({ 状态: '失效', 总分: '' })
    expect(run.rejects).toMatchObject([{ 编号: '庚', 列: '月数', 值: 'x' }])
    expect(run.stderr).toContain('读入 7 人，排名 4 人，不参加 2 人，退回 1 人')
    expect(run.stderr).toContain('东：名额 1，参加 3，入围 1，入围最低分 35，末位 总分 35，另一方(参保, 0分) 10，次轮入围 1')
    expect(run.stderr).toContain('抽签种子 “2025”')
  })

  test('explains a place beside those before and after it', async () => {
    const run = await ranked([...school, '--seed', '2025', '--explain', '丙'])
    expect(run).toMatchObject({ code: 0, rows: [] })
    const cells = run.stdout.split('\n').map((line) => line.split(/\s{2,}/))
    expect(cells[0]).toEqual(['', '前一名', '本人', '后一名'])
    expect(cells.find(([name]) => name === '编号')?.slice(2)).toEqual(['丙', '丁'])
    expect(cells.find(([name]) => name === '区分项')).toBeDefined()
    expect(await ranked([...school, '--seed', '2025', '--explain', '无此人'])).toMatchObject({ code: 2, stderr: 'heng: 没有编号“无此人”\n' })
    const rejected = await ranked([...school, '--seed', '2025', '--explain', '庚'])
    expect(rejected).toMatchObject({ code: 2, stderr: expect.stringMatching(/^heng: 编号“庚”的这一行被退回：月数：“x”不是数/) })
  })

  test('needs a seed where a lot may be drawn', async () => {
    const run = await ranked(school)
    expect(run).toMatchObject({ code: 2, rows: [] })
    expect(run.stderr).toContain('--seed')
  })

  test('says by which rule somebody is out, and that a day which the use sets need not be given', async () => {
    const run = await ranked([...school, '--seed', '2025'])
    expect(run.rows.find(({ 编号 }) => 编号 === '己')?.说明).toContain('非 在住')
    const set = text.replace('基准日 审核日', '基准日 审核日、开放日').replace('  应用 入住 {', '  应用 入住 {\n    基准日 开放日 = 审核日')
    const own = await ranked(['--scenario', '入住', '--records', '献血=donations.csv', '--as-of', '开放日=2025-01-01'], { 'policy.heng': set })
    expect(own).toMatchObject({ code: 2 })
    expect(own.stderr).toContain('“开放日”由政策或应用定下')
  })

  test('names the lists that have no quota', async () => {
    const run = await ranked([...school, '--seed', '1'], { 'quotas.csv': '名单,名额\n东,1\n' })
    expect(run).toMatchObject({ code: 2, rows: [] })
    expect(run.stderr).toContain('西')
  })

  test.each([
    ['名单,名额\n东,1\n西,2\n东,3\n', 'quotas.csv 第 4 行：名单“东”写了两次'],
    ['名单,名额\n东,1\n西,-2\n', 'quotas.csv 第 3 行：名额是不小于零的整数，而不是“-2”'],
    ['名单,名额\n东,1\n西\n', 'quotas.csv 第 3 行：'],
    ['名单\n东\n', 'quotas.csv 要有列 名单、名额'],
    ['', 'quotas.csv 要有列 名单、名额'],
  ])('tells what is wrong in a file of quotas: %j', async (quotas, wrong) => {
    const run = await ranked([...school, '--seed', '1'], { 'quotas.csv': quotas })
    expect(run).toMatchObject({ code: 2, rows: [] })
    expect(run.stderr).toContain(wrong)
  })

  test('tells a list that no applicant can be in', async () => {
    const files = { 'policy.heng': text.replace('镇: 文本', '镇: 选项 [东、西]'), 'quotas.csv': '名单,名额\n东,1\n西,2\n南,1\n' }
    const run = await ranked([...school, '--seed', '1'], files)
    expect(run).toMatchObject({ code: 2, rows: [] })
    expect(run.stderr).toContain('quotas.csv 第 4 行：没有名单“南”；有：东、西')
  })

  test('takes no file of quotas where there are no lists', async () => {
    const run = await ranked(['--scenario', '入住', '--records', '献血=donations.csv', '--quota-file', 'quotas.csv'])
    expect(run).toMatchObject({ code: 2, rows: [] })
    expect(run.stderr).toContain('用 --quota')
  })

  test('takes the quota of the policy, or another one from the line', async () => {
    const flat = ['--scenario', '入住', '--records', '献血=donations.csv']
    const own = await ranked(flat)
    expect(own.rows.filter(({ 结果 }) => 结果 === '入围').map(({ 编号 }) => 编号)).toEqual(['乙'])
    const two = await ranked([...flat, '--quota', '2'])
    expect(two.rows.slice(0, 3).map(short)).toEqual([
      ['乙', '', '1', '入围', '1', ''],
      ['丙', '', '2', '入围', '1', '序号'],
      ['丁', '', '3', '未入围', '', '总分'],
    ])
  })

  test('rejects both rows of a value that must differ', async () => {
    const run = await ranked(['--scenario', '入住', '--records', '献血=donations.csv'], { 'people.csv': people.replace('丁,是,,东,20,4', '丁,是,,东,20,3') })
    expect(run.rejects.map(({ 编号, 列 }) => [编号, 列])).toEqual([
      ['丙', '序号'],
      ['丁', '序号'],
      ['庚', '月数'],
    ])
  })

  test('says which scenarios there are', async () => {
    const run = await ranked(['--scenario', '上学'])
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('入学、入住')
  })

  test.each([
    ['献血', 'fact=file'],
    ['月数=donations.csv', '月数'],
    ['献血=nowhere.csv', 'nowhere.csv'],
  ])('--records %s stops with a reason', async (records, mentions) => {
    const run = await ranked(['--scenario', '入住', '--records', records])
    expect(run.code).toBe(2)
    expect(run.stderr).toContain(mentions === 'fact=file' ? '事实=文件' : mentions)
  })
})

describe('records', () => {
  const scored = (people: string, name = 'people.csv', more: readonly string[] = []) =>
    inFolder(async (folder) => {
      await writeFile(`${folder}/policy.heng`, text)
      await writeFile(`${folder}/${name}`, people)
      await writeFile(`${folder}/donations.csv`, donations)
      const run = await heng(['score', 'policy.heng', '--people', name, '--as-of', '审核日=2025-03-01', ...more], { cwd: folder })
      return { ...run, rows: parse(run.stdout, { columns: true }) as Record<string, string>[] }
    })
  const one = { 编号: '丁', 在住: true, 镇: '东', 月数: 20, 序号: 1 }

  test('stand nested in JSONL, numbers read from their text', async () => {
    const row = JSON.stringify({ ...one, 献血: [{ 日期: '2024-03-02', 毫升: 400 }] })
    const run = await scored(`${row}\n`, 'people.jsonl', ['--scenario', '入住'])
    expect(run.rows).toMatchObject([{ 编号: '丁', 公益: '4', 总分: '24', 加分: '' }])
  })

  test('stand as JSON text in a cell', async () => {
    const cell = '"[{""日期"":""2024-03-02"",""毫升"":""400""}]"'
    const run = await scored(`编号,在住,镇,月数,序号,献血\n丁,是,东,20,1,${cell}\n`, 'people.csv', ['--scenario', '入学'])
    expect(run.rows).toMatchObject([{ 编号: '丁', 公益: '4', 总分: '29', 加分: '5' }])
  })

  test('come from a file of their own, in which who does not stand has none', async () => {
    const run = await scored('编号,在住,镇,月数,序号\n丁,是,东,20,1\n戊,是,东,1,2\n', 'people.csv', ['--scenario', '入住', '--records', '献血=donations.csv'])
    expect(run.rows.map(({ 编号, 公益 }) => [编号, 公益])).toEqual([
      ['丁', '4'],
      ['戊', '0'],
    ])
  })

  test('that are wrong name the record and the field', async () => {
    const row = JSON.stringify({
      ...one,
      献血: [
        { 日期: '2024-03-02', 毫升: 400 },
        { 日期: '2024-02-30', 毫升: 1 },
      ],
    })
    const run = await scored(`${row}\n`, 'people.jsonl', ['--scenario', '入住'])
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('献血[2].日期')
  })

  test('a policy with items for some uses only asks for the scenario', async () => {
    const run = await scored(`${JSON.stringify(one)}\n`, 'people.jsonl')
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('--scenario')
  })
})

describe('equals across the last place, and the number of places', () => {
  const tie = (cutoff: string) => `政策 抽 {
  基准日 审核日
  事实 家庭编号: 文本   缺省 编号
  事实 月数: 整数 个月   范围 0..600
  指标 参保 { 每1个月 月数 得1分 }
  总分 = 参保
  参数 名额数 { 自 2025-01-01 至 2025-12-31 为 2 }
  应用 入学 { 名额 名额数(审核日) 同户 家庭编号 取高 排序 总分 从高到低 并列 同名次 末位同分 ${cutoff} 结果 "享受"、"轮候" }
}
`
  const four = '编号,月数\n甲,9\n乙,5\n丙,5\n丁,1\n'
  const rank = (cutoff: string, args: readonly string[] = []) => ranked(['--seed', '试', ...args], { 'policy.heng': tie(cutoff), 'people.csv': four })
  const results = ({ rows }: Awaited<ReturnType<typeof rank>>) => rows.map(({ 编号, 结果, 说明 }) => [编号, 结果, 说明]).sort()

  test('who is drawn and who is not have the results of the scheme, and why', async () => {
    const found = results(await rank('抽签'))
    expect(
      found
        .filter(([key]) => key === '乙' || key === '丙')
        .map(([, result, why]) => [result, why])
        .sort(),
    ).toEqual([
      ['享受', '末位同分，抽签抽中'],
      ['轮候', '末位同分，抽签未抽中'],
    ])
    expect(found.find(([key]) => key === '丁')).toEqual(['丁', '轮候', ''])
  })

  test('all are taken, or none', async () => {
    expect(results(await rank('全取')).filter(([, , why]) => why !== '')).toEqual([
      ['丙', '享受', '末位同分，全取'],
      ['乙', '享受', '末位同分，全取'],
    ])
    expect(results(await rank('不取')).filter(([, , why]) => why !== '')).toEqual([
      ['丙', '轮候', '末位同分，不取'],
      ['乙', '轮候', '末位同分，不取'],
    ])
  })

  test('a year without a number of its own stops the ranking, unless one is given', async () => {
    const later = ['--as-of', '审核日=2026-03-01']
    const files = { 'policy.heng': tie('不取'), 'people.csv': four }
    const run = (args: readonly string[]) =>
      inFolder(async (folder) => {
        for (const [name, content] of Object.entries(files)) await writeFile(`${folder}/${name}`, content)
        return heng([...args, 'policy.heng', '--people', 'people.csv', ...later], { cwd: folder })
      })
    const refused = await run(['rank'])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('名额数')
    expect(await run(['rank', '--quota', '1'])).toMatchObject({ code: 0 })
    expect(await run(['score', '--scenario', '入学'])).toMatchObject({ code: 0 })
  })

  test('who gives no household is told as such', async () => {
    expect((await rank('不取')).stderr).toContain('家庭编号 4 人（按“编号”）')
  })
})

describe('a policy that takes in another', () => {
  const base = `政策 省级 {\n  文号 "1号"\n  施行 2020-01-01 至 2024-12-31\n  基准日 审核日\n\n  事实 月数: 整数 个月   范围 0..600\n\n  指标组 共性 最高20分 可扩展 {\n    指标 参保 { 每1个月 月数 得1分 }\n  }\n\n  总分 = 共性\n}\n`
  const county = `政策 县 {\n  引用 省级 自 "base.heng"\n  基准日 审核日\n\n  事实 本地: 是否\n\n  扩展 共性 {\n    指标 本地户 { 当 本地   得15分 }\n  }\n\n  总分 = 共性\n\n  样例 "一" 于 审核日 2024-01-01 { 月数: 10   本地: 是 } 应得 { 总分: 20   参保: 10   本地户: 15 }\n}\n`
  const files = {
    'base.heng': base,
    'county.heng': county,
  }
  const inside = <T>(work: (folder: string) => Promise<T>) =>
    inFolder(async (folder) => {
      for (const [name, content] of Object.entries(files)) await writeFile(`${folder}/${name}`, content)
      return work(folder)
    })

  test('extends its group under its cap', () =>
    inside(async (folder) => {
      expect(await heng(['check', 'county.heng'], { cwd: folder })).toMatchObject({ code: 0 })
      expect(await heng(['test', 'county.heng'], { cwd: folder })).toMatchObject({ code: 0 })
    }))
})
