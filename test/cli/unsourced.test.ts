// Invented values are plain in everything that comes out, and so are the defaults that were taken.

import { readFile, writeFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { heng, inFolder } from './run.ts'

const province = `政策 省级 {
  文号 "省〔2023〕1号"
  基准日 审核日
  事实 月数: 整数 个月   范围 0..600   责任部门 "人社局"
  指标组 共性 最高20分 依据 "三(一)" { 指标 参保 依据 "三(二)" { 每1个月 月数 得1分 } }
  总分 = 共性
}
`
const county = `政策 县 {
  文号 "县〔2024〕2号"
  施行 2020-01-01   待核 "原文没有写施行日期"
  引用 省级 自 "base.heng"   待核 "附件1缺，借用两年后省里的分值"
  基准日 审核日
  事实 志愿: 整数 次   范围 0..100   责任部门 "社工部"
  事实 犯罪: 是否   缺省 否   责任部门 "法院"
  事实 处罚: 记录 { 日期: 日期 } 缺省 []   责任部门 "公安局"
  参数 门槛 { 自 2024-01-01 至 2024-12-31 为 2 } 待核 "指标数每年公布，2 为试拟数"
  指标组 个性 最高20分 依据 "二" {
    指标 志愿 最高10分 待核 "附件2缺，分值为试拟" { 每1次 志愿 得1分 }
    指标 有据 { 得1分   依据 "二(三)" }
  }
  扣分组 失信 { 每1次 次数(处罚) 扣1分   待核 "扣分为试拟" }
  总分 = 共性 + 个性 - 失信   最低0分   待核 "原文没有写最低零分"
  否决 当 犯罪   待核 "事项没有公布"
  应用 入学 {
    名额 门槛(审核日)
    排序 总分 从高到低   待核 "排序为试拟"
    并列 抽签
  }
}
`
const people = '编号,月数,志愿,犯罪,处罚\n甲,10,3,否,[]\n乙,9,,,\n'
const on = ['--as-of', '审核日=2024-06-01']

const inside = <T>(work: (folder: string) => Promise<T>) =>
  inFolder(async (folder) => {
    for (const [name, text] of Object.entries({ 'base.heng': province, 'county.heng': county, 'people.csv': people, 'one.json': '{"月数":10,"志愿":3}' }))
      await writeFile(`${folder}/${name}`, text)
    return work(folder)
  })
const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[]

/** Everything that has no official text, as a ranking and as a score without a use name it. */
const ofScore = ['共性', '个性—志愿', '失信', '总分', '一票否决', '施行日期']
const ofRank = ['共性', '个性—志愿', '失信', '总分', '门槛', '一票否决', '应用 入学', '施行日期']

describe('what no official text gives', () => {
  test('stands in every row of a list and in the summary', () =>
    inside(async (folder) => {
      const scores = await heng(['score', 'county.heng', '--people', 'people.csv', ...on], { cwd: folder })
      expect(rowsOf(scores.stdout).map(({ 内容待核 }) => 内容待核)).toEqual([ofScore.join('、'), ofScore.join('、')])
      const ranked = await heng(['rank', 'county.heng', '--people', 'people.csv', '--seed', '1', ...on], { cwd: folder })
      expect(rowsOf(ranked.stdout).map(({ 内容待核 }) => 内容待核)).toEqual([ofRank.join('、'), ofRank.join('、')])
      for (const text of ['内容待核 8 处', '共性：附件1缺，借用两年后省里的分值', '门槛：指标数每年公布，2 为试拟数', '应用 入学：排序为试拟', '施行日期：'])
        expect(ranked.stderr).toContain(text)
    }))

  test('stands in the summary for machines', () =>
    inside(async (folder) => {
      const run = await heng(['rank', 'county.heng', '--people', 'people.csv', '--seed', '1', '--out', 'o.csv', '--json', ...on], { cwd: folder })
      const { unsourced, trial } = JSON.parse(run.stdout)
      expect(unsourced).toHaveLength(8)
      expect(unsourced[0]).toEqual({ kind: 'item', where: '共性', reason: '附件1缺，借用两年后省里的分值' })
      expect(unsourced).toContainEqual({ kind: 'state', where: 'vetoed', reason: '事项没有公布' })
      expect(trial).toBe(false)
      const scored = await heng(['score', 'county.heng', '--people', 'people.csv', '--out', 's.csv', '--json', ...on], { cwd: folder })
      expect(JSON.parse(scored.stdout).unsourced).toHaveLength(6)
    }))

  test('is marked in a receipt where the points stand, and only there', () =>
    inside(async (folder) => {
      const { stdout } = await heng(['explain', 'county.heng', '--person', 'one.json', '--scenario', '入学', ...on], { cwd: folder })
      expect(stdout).toMatch(/志愿 3（分值待核） \/ 最高 10/)
      expect(stdout).toMatch(/有据 1$/m)
      expect(stdout).toMatch(/总分：14分（含待核分值）/)
      expect(stdout).toContain('一票否决：事项没有公布')
      expect(stdout).toContain('施行日期：原文没有写施行日期')
    }))

  test('goes with a compiled module and a query', () =>
    inside(async (folder) => {
      await heng(['compile', 'county.heng', '--target', 'js', '--out', 'county.mjs', ...on], { cwd: folder })
      const text = await readFile(`${folder}/county.mjs`, 'utf8')
      const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { readonly unsourced: readonly { where: string; reason: string }[] }
      expect(module.unsourced.map(({ where }) => where)).toEqual(ofScore)
      expect(module.unsourced[1]).toEqual({ where: '个性—志愿', reason: '附件2缺，分值为试拟' })
      for (const more of [[], ['--rank', '--scenario', '入学', '--seed', '1']]) {
        const query = await heng(['compile', 'county.heng', '--target', 'sql', ...more, ...on], { cwd: folder })
        expect(query.stdout).toMatch(/^-- 待核：个性—志愿：附件2缺，分值为试拟$/m)
      }
    }))

  test('a policy with none of it has no such column', () =>
    inside(async (folder) => {
      const run = await heng(['score', 'base.heng', '--people', 'people.csv', ...on], { cwd: folder })
      expect(run.stdout.split('\n')[0]).toBe('编号,状态,总分,待核实,共性,参保')
      expect(run.stderr).not.toContain('内容待核')
    }))
})

test('a figure is not carried to a year for which none was published', () =>
  inside(async (folder) => {
    const run = await heng(['rank', 'county.heng', '--people', 'people.csv', '--seed', '1', '--as-of', '审核日=2025-01-01'], { cwd: folder })
    expect(run.code).toBe(2)
    expect(run.stderr).toContain('参数“门槛”在 2025-01-01 没有值')
  }))

test('defaults leave a trace in receipt and summary, with what is to be checked before publication', () =>
  inside(async (folder) => {
    const receipt = await heng(['explain', 'county.heng', '--person', 'one.json', ...on], { cwd: folder })
    expect(receipt.stdout).toContain('未填，按缺省计：犯罪（按“否”计）、处罚（按无计）')
    const ranked = await heng(['rank', 'county.heng', '--people', 'people.csv', '--seed', '1', ...on], { cwd: folder })
    expect(ranked.stderr).toContain('未填、按缺省计：犯罪 1 人（按“否”）、处罚 1 人（按无）；公示前须核查')
    const told = await heng(['score', 'county.heng', '--people', 'people.csv', '--out', 's.csv', '--json', ...on], { cwd: folder })
    expect(JSON.parse(told.stdout).defaulted).toEqual([
      { fact: '犯罪', value: '否', count: 1 },
      { fact: '处罚', value: '[]', count: 1 },
    ])
  }))

test('a receipt names the paper of the province before its clauses, and whom to ask', () =>
  inside(async (folder) => {
    const { stdout } = await heng(['explain', 'county.heng', '--person', 'one.json', ...on], { cwd: folder })
    expect(stdout).toMatch(/共性 10（分值待核） \/ 最高 20 {3}依据 省〔2023〕1号 三\(一\)/)
    expect(stdout).toMatch(/参保 10（分值待核） {3}依据 省〔2023〕1号 三\(二\) {3}责任部门 人社局/)
    expect(stdout).toMatch(/个性 4 \/ 最高 20 {3}依据 二$/m)
    expect(stdout).toMatch(/志愿 3（分值待核） \/ 最高 10 {3}责任部门 社工部/)
  }))

test('a state says why, with the value, the record and the half that failed', () =>
  inside(async (folder) => {
    const text = county.replace('否决 当 犯罪 ', '对象 当 月数 >= 6个月 且 非 犯罪\n  失效 当 有(处罚 其中 日期 >= 2024-01-01)\n  否决 当 月数 = 2个月 ')
    await writeFile(`${folder}/county.heng`, text)
    await writeFile(`${folder}/two.json`, '{"月数":2,"处罚":[{"日期":"2023-12-31"},{"日期":"2024-02-01"}]}')
    const { stdout } = await heng(['explain', 'county.heng', '--person', 'two.json', ...on], { cwd: folder })
    expect(stdout).toContain('! 不符合申请条件：要求“月数 >= 6个月”，月数：2个月   责任部门 人社局、法院')
    expect(stdout).toContain('! 一票否决：月数 = 2个月，月数：2个月')
    expect(stdout).toMatch(/! 失效：有 处罚 其中 日期 >= 2024-01-01，日期 2024-02-01 {3}/)
    expect(stdout).not.toContain('2023-12-31，')
  }))
