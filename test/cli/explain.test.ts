// heng explain as a real process: the receipt of one person as text and as JSON, and what it says when it cannot run.

import { mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { asOf, heng, inFolder, policyPath } from './run.ts'

const explain = (person: string, ...more: readonly string[]) => heng(['explain', policyPath, '--person', '-', ...asOf, ...more], { input: person })

describe('heng explain', () => {
  const person = '{"编号":"甲1","出生日期":"1971-05-02","学历":"大专","技能等级":"无","专项职业能力证书":true,"养老保险缴纳月数":59,"累计居住月数":119}'

  test('shows every point with its row, its arithmetic and its clause', async () => {
    const { code, stdout, stderr } = await explain(person)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const part of ['甲1', '2025-03-01', '77.25', '84.25', '59 × 0.5 = 29.5', '119 × 0.25 = 29.75', '5 + 2 × 1 = 7', '三(二)年龄', '待核实'])
      expect(stdout).toContain(part)
  })

  test('lists rows that do not hold only with --all', async () => {
    expect((await explain(person)).stdout).not.toContain('55..60')
    expect((await explain(person, '--all')).stdout).toContain('55..60')
  })

  test('names the reading that it used', async () => {
    const used = '满61周岁起标准未列，按0分'
    expect((await explain('{"出生日期":"1950-01-01"}')).stdout).toContain(used)
    expect((await explain('{"出生日期":"1970-01-01"}')).stdout).not.toContain(used)
  })

  test('speaks English', async () => {
    const { stdout } = await explain(person, '--language', 'en')
    expect(stdout).toContain('state: eligible')
    expect(stdout).toContain('per 1 month')
  })

  test('with --json gives the receipt as data', async () => {
    const { code, stdout } = await explain(person, '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      key: '甲1',
      dates: { 审核日: '2025-03-01' },
      state: 'valid',
      awaiting: ['职称'],
      totals: [{ name: '总分', points: { proven: '77.25', lowest: '77.25', highest: '84.25' } }],
      items: [{ name: '省级共性指标', children: [{ name: '年龄', points: { proven: '7' } }, {}, {}, {}, {}] }],
    })
  })

  test('reads the person from a file, also with a byte-order mark', async () => {
    await inFolder(async (folder) => {
      await writeFile(`${folder}/one.json`, `\ufeff${person}`)
      expect((await heng(['explain', policyPath, '--person', `${folder}/one.json`, ...asOf])).code).toBe(0)
    })
  })

  test('exits with 1 for facts that cannot be read, and names column and value', async () => {
    const run = await explain('{"学历":"博士","养老保险缴纳月数":60.5}')
    expect(run).toMatchObject({ code: 1, stdout: '' })
    for (const part of ['学历', '博士', '养老保险缴纳月数', '60.5']) expect(run.stderr).toContain(part)
  })

  test('with --json gives what cannot be read as data too', async () => {
    const run = await explain('{"学历":"博士"}', '--json')
    expect(run.code).toBe(1)
    expect(JSON.parse(run.stdout || 'null')).toMatchObject({ problems: [{ code: 'unknown-member', column: '学历', value: '博士' }] })
  })

  test('exits with 1 for text that is no JSON object', async () => {
    for (const text of ['', '[]', '{"编号":', '7']) expect((await explain(text)).code).toBe(1)
  })

  test('names a fact that the policy does not have', async () => expect((await explain('{"学厉":"大专"}')).stderr).toContain('学厉'))

  test('exits with 2 without a date, without the person, for a folder, and for a policy with errors', async () => {
    await inFolder(async (folder) => {
      await mkdir(`${folder}/a.json`)
      await writeFile(`${folder}/bad.heng`, '政策 试 { 总分 = 没有 }')
      const runs = [
        await heng(['explain', policyPath, '--person', '-'], { input: '{}' }),
        await heng(['explain', policyPath, ...asOf]),
        await heng(['explain', policyPath, '--person', `${folder}/none.json`, ...asOf]),
        await heng(['explain', policyPath, '--person', `${folder}/a.json`, ...asOf]),
        await heng(['explain', `${folder}/bad.heng`, '--person', '-'], { input: '{}' }),
      ]
      for (const { code, stdout, stderr } of runs) {
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
        expect(stderr).not.toBe('')
        expect(stderr).not.toContain('    at ')
      }
    })
  })
})
