// What the page is told by its worker: data that can cross to it, of the newest text, whatever is asked in between.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeLanguageWorker } from '../../editor/worker/language.ts'
import { compile } from '../../language/compile.ts'

const root = join(import.meta.dirname, '..', '..', 'policies')
const paths = ['zhejiang/common-2023', 'nanhu/points-2017', 'shengsi/permit-2017', 'tongxiang/points-2024', 'xx-district/points-2021'].map(
  (name) => `${name}.heng`,
)
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')
const newWorker = () => makeLanguageWorker(async (path) => textOf(path))

test.each(paths)('%s: everything that is told of it can be told to a page', async (path) => {
  const worker = newWorker()
  const text = textOf(path)
  const opened = structuredClone(await worker.open({ path, text, saved: text, fileOfCases: undefined, language: 'zh' }))
  expect(opened.reading.diagnostics.filter(({ code }) => code !== 'cases-alone')).toEqual(opened.reading.diagnostics)
  expect(opened.typical.length).toBe(5)
  const [first] = opened.typical
  const studied = structuredClone(await worker.study({ path, text }, opened.typical, first?.id ?? ''))
  expect(studied.stale).toBe(false)
  const figures = opened.typical.map(({ id }) => studied.results.get(id))
  expect(figures.map((result) => result?.kind)).toEqual(opened.typical.map(() => 'scored'))
  expect(figures.map((result) => result?.kind === 'scored' && result.receipt !== undefined)).toEqual(opened.typical.map((_, i) => i === 0))
  const ran = structuredClone(await worker.runCases({ path, text }))
  expect(ran?.every(({ passed }) => passed)).toBe(true)
  const covered = structuredClone(await worker.coverage({ path, text }))
  expect(covered.kind).toBe('covered')
  const at = text.indexOf('总分')
  for (const answer of [
    worker.complete({ path, text }, at, 'zh'),
    worker.hover({ path, text }, at, 'zh'),
    worker.outline({ path, text }),
    worker.folds({ path, text }),
    worker.colours({ path, text }),
    worker.declaration({ path, text }, at),
  ])
    structuredClone(await answer)
})

const policy = (points: number) => `政策 甲 {
  基准日 审核日
  事实 月数: 整数 个月 范围 0..120
  指标 社保 最高60分 { 每1个月 月数 得${points}分 }
  总分 = 社保
${Array.from({ length: 400 }, (_, i) => `  样例 "${i}" 于 审核日 2025-01-01 { 月数: 10个月 } 应得 { 总分: ${points * 10} }`).join('\n')}
}
`
const person = { id: 'a', name: '甲', dates: { 审核日: '2025-01-01' }, facts: { 月数: '10' } }

test('cases of a text that is old by now are not run to their end', async () => {
  const worker = makeLanguageWorker(() => Promise.reject(new Error('not-found')))
  const [path, text, newer] = ['甲.heng', policy(1), policy(2)]
  await worker.open({ path, text, saved: text, fileOfCases: undefined, language: 'zh' })
  const running = worker.runCases({ path, text })
  const studied = await worker.study({ path, text: newer }, [person], 'a')
  expect(studied.results.get('a')).toMatchObject({ kind: 'scored', main: { text: '20' } })
  const [old, ran] = await Promise.all([running, worker.runCases({ path, text: newer })])
  // A fast machine may be through before it is asked anything else.
  if (old !== undefined) expect(old.length).toBe(400)
  expect(ran?.filter(({ passed }) => passed).length).toBe(400)
})

test('where a text has errors, people are scored by the newest one that has none, and by its file at first', async () => {
  const worker = makeLanguageWorker(() => Promise.reject(new Error('not-found')))
  const path = '甲.heng'
  const broken = policy(3).replace('总分 =', '总分')
  const opened = await worker.open({ path, text: broken, saved: policy(1), fileOfCases: undefined, language: 'zh' })
  expect(opened.stale).toBe(true)
  const total = async (text: string) => (await worker.study({ path, text }, [person], '')).results.get('a')
  expect(await total(broken)).toMatchObject({ main: { text: '10' } })
  expect(await total(policy(2))).toMatchObject({ main: { text: '20' } })
  expect(await total(broken)).toMatchObject({ main: { text: '20' } })
  expect(compile(policy(2)).policy).toBeDefined()
})

test('a person becomes a case that the text with it expects', async () => {
  const worker = makeLanguageWorker(() => Promise.reject(new Error('not-found')))
  const subject = { path: '甲.heng', text: policy(1) }
  const answer = await worker.newCase(subject, subject, { ...person, name: '0' })
  if (answer.kind !== 'written') throw new Error(answer.kind)
  expect(answer.text.slice(answer.start, answer.end)).toBe('样例 "0（2）"')
  await worker.open({ ...subject, text: answer.text, saved: answer.text, fileOfCases: undefined, language: 'zh' })
  const ran = await worker.runCases({ path: subject.path, text: answer.text })
  expect(ran?.length).toBe(401)
  expect(ran?.every(({ passed }) => passed)).toBe(true)
})
