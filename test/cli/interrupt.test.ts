// A run that is stopped in the middle: the output of an earlier run stays whole, and an interrupt leaves nothing behind.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { asOf, finished, heng, inFolder, policyPath, start } from './run.ts'

const older = '编号,状态,总分\n旧,有效,1\n'
const header = '编号,出生日期,学历,技能等级,职称,专项职业能力证书,养老保险缴纳月数,累计居住月数'
const many = [header, ...Array.from({ length: 120_000 }, (_, i) => `P${i},1985-03-01,${i % 5 === 0 ? '坏' : '大专'},二级,无,否,60,120`)].join('\n')

/** Starts a long run over an older output, waits until it is writing, and sends it `signal`. */
async function stopped(signal: NodeJS.Signals) {
  return inFolder(async (folder) => {
    const [people, out, rejects] = [`${folder}/people.csv`, `${folder}/out.csv`, `${folder}/out.rejects.csv`]
    await writeFile(people, many)
    await writeFile(out, older)
    await writeFile(rejects, older)
    const child = start(['score', policyPath, '--people', people, ...asOf, '--out', out])
    const end = finished(child)
    let writing = false
    while (!writing && child.exitCode === null) {
      await setTimeout(5)
      writing = (await readdir(folder)).length > 3
    }
    await setTimeout(50)
    child.kill(signal)
    const run = await end
    return { ...run, writing, files: (await readdir(folder)).sort(), out: await readFile(out, 'utf8'), rejects: await readFile(rejects, 'utf8') }
  })
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves the older output whole and no partial file', async (signal) => {
  const run = await stopped(signal)
  expect(run.writing).toBe(true)
  expect(run).toMatchObject({ out: older, rejects: older, files: ['out.csv', 'out.rejects.csv', 'people.csv'] })
  expect(run.code).not.toBe(0)
})

test('SIGKILL leaves the older output whole', async () => {
  const run = await stopped('SIGKILL')
  expect(run).toMatchObject({ writing: true, signal: 'SIGKILL', out: older, rejects: older })
})

test.each(['SIGINT', 'SIGKILL'] as const)('%s in the middle of a ranking leaves the older output whole', (signal) =>
  inFolder(async (folder) => {
    const [policy, people, out] = [`${folder}/policy.heng`, `${folder}/people.csv`, `${folder}/out.csv`]
    const text = '政策 试 {\n  基准日 审核日\n\n  事实 月数: 整数 个月   范围 0..600\n\n  指标 甲 { 每1个月 月数 得1分 }\n\n  总分 = 甲\n\n'
    await writeFile(policy, `${text}  应用 入学 { 名额 9 排序 总分 从高到低 并列 同名次 末位同分 全取 }\n}\n`)
    await writeFile(people, ['编号,月数', ...Array.from({ length: 400_000 }, (_, i) => `P${i},${i % 600}`)].join('\n'))
    await writeFile(out, older)
    const child = start(['rank', policy, '--people', people, ...asOf, '--out', out])
    const end = finished(child)
    while ((await readdir(folder)).length < 4 && child.exitCode === null) await setTimeout(5)
    await setTimeout(300)
    child.kill(signal)
    const run = await end
    expect(run.code === 0).toBe(false)
    expect(run.stderr).toBe('')
    expect(await readFile(out, 'utf8')).toBe(older)
    if (signal === 'SIGINT') expect((await readdir(folder)).sort()).toEqual(['out.csv', 'people.csv', 'policy.heng'])
  }),
)

test('what a killed run has left in the folder for temporary files, the next run takes away', () =>
  inFolder(async (folder) => {
    const [people, few, temporary] = [`${folder}/people.csv`, `${folder}/few.csv`, `${folder}/temporary`]
    await mkdir(temporary)
    await writeFile(people, many)
    await writeFile(few, `${header}\nP1,1985-03-01,大专,二级,无,否,60,120\n`)
    const child = start(['score', policyPath, '--people', people, ...asOf, '--out', `${folder}/out.csv`], { temporary })
    const end = finished(child)
    while ((await readdir(temporary)).length === 0 && child.exitCode === null) await setTimeout(5)
    child.kill('SIGKILL')
    expect((await end).signal).toBe('SIGKILL')
    expect(await readdir(temporary)).toHaveLength(1)
    await mkdir(`${temporary}/heng-session-elsewhere-1-x`)
    expect((await heng(['score', policyPath, '--people', few, ...asOf], { temporary })).code).toBe(0)
    expect(await readdir(temporary)).toEqual(['heng-session-elsewhere-1-x'])
  }))

test('an interrupt of heng people leaves no partial file', () =>
  inFolder(async (folder) => {
    const out = `${folder}/people.csv`
    await writeFile(out, older)
    const child = start(['people', policyPath, '--n', '500000', '--out', out])
    const end = finished(child)
    while ((await readdir(folder)).length < 2 && child.exitCode === null) await setTimeout(5)
    child.kill('SIGINT')
    expect((await end).code).toBe(130)
    expect(await readdir(folder)).toEqual(['people.csv'])
    expect(await readFile(out, 'utf8')).toBe(older)
  }))
