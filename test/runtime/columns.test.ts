// Columns of more applicants than are taken at a time, in typed arrays and plain ones: as one applicant after the other.

import { expect, test } from 'vitest'
import { readFacts, type WrittenFacts } from '../../runtime/facts.ts'
import { columnsModule, type FactColumn } from '../../runtime/javascript/columns.ts'
import { columnsOf, inputOf } from '../../runtime/javascript/inputs.ts'
import { personModule } from '../../runtime/javascript/person.ts'
import { outputsOf } from '../../runtime/plan/outputs.ts'
import { planned } from './engines.ts'
import { policyOf, reviewDay } from './support.ts'

const policy = policyOf(`
  事实 户: 文本 缺省 编号
  事实 在住: 是否
  事实 生日: 日期
  事实 类: 选项 [东、西、中]
  事实 额: 小数2位 元 范围 0..90000000000
  事实 证: 多选 [红、蓝]
  事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升 范围 0..2000 }
  定义 岁数 = 周岁(生日, 审核日)
  指标 甲 累加 {
    当 岁数 < 40岁 得3分
    当 类 是 西 得1分
    当 证 含 蓝 得0.5分
    当 在住 得2分
    对每条 献血 近5年(审核日) 每200毫升 毫升 得1分
  }
  指标 乙 最高500000分 { 每1000元 额 得0.01分 }
  总分 = 甲 + 乙`)

const person = (i: number): WrittenFacts => ({
  户: `户${i}`,
  在住: i % 5 === 0 ? '' : i % 2 === 0 ? '是' : '否',
  生日: i % 7 === 0 ? '' : `${1950 + (i % 60)}-0${1 + (i % 9)}-1${i % 10}`,
  类: i % 4 === 3 ? '' : (['东', '西', '中'][i % 3] ?? ''),
  额: i % 6 === 0 ? '' : `${(i * 7_919_333) % 90_000_000_000}.${10 + (i % 90)}`,
  证: i % 8 === 0 ? '' : (['[]', '红', '红、蓝'][i % 3] ?? ''),
  献血: i % 9 === 0 ? '' : JSON.stringify(Array.from({ length: i % 4 }, (_, j) => ({ 日期: `202${j + 1}-01-01`, 毫升: String(200 * (1 + (i % 3))) }))),
})

type Values = number[] | Float64Array | Int32Array

test('columns give everybody what one applicant after the other is given', async () => {
  const plan = planned(policy, reviewDay, {})
  const outputs = outputsOf(plan, 'full')
  const load = (text: string) => import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`)
  const one = (await load(personModule(plan, outputs))) as { score: (applicant: object, out: number[]) => number[] }
  const many = (await load(columnsModule(plan, outputs))) as { score: (count: number, facts: object, out: readonly Values[]) => void }
  const people = Array.from({ length: 2500 }, (_, i) => {
    const { facts, problems } = readFacts(policy, person(i))
    expect(problems).toEqual([])
    return inputOf(policy, facts)
  })
  const wanted = people.map((applicant) => one.score(applicant, []))
  const typed = columnsOf(policy, people)
  const plain = Object.fromEntries(Object.entries(typed).map(([name, column]) => [name, plainly(column)]))
  const holders: readonly (readonly [object, () => Values])[] = [
    [typed, () => new Float64Array(people.length)],
    [plain, () => []],
  ]
  for (const [facts, holder] of holders) {
    const out = outputs.map(holder)
    many.score(people.length, facts, out)
    expect(people.map((_, i) => out.map((values) => values[i]))).toEqual(wanted)
  }
  expect(() =>
    many.score(
      people.length,
      typed,
      outputs.map(() => new Int32Array(people.length)),
    ),
  ).toThrow(TypeError)
  expect(new Set(wanted.map((row) => row.join())).size).toBeGreaterThan(1000)
})

const plainly = ({ values, given, ...list }: FactColumn): FactColumn => ({
  ...list,
  ...(values ? { values: [...(values as number[])] } : {}),
  given: [...(given as Uint8Array)],
})
