// heng timeline as a real process: the table, the calendar file, JSON, and what it says when it cannot run.

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { heng, inFolder, type Run } from '../cli/run.ts'

const source = `政策 试 {
  基准日 审核日
  事实 甲: 是否
  指标 乙 { 当 甲 得7分 }
  总分 = 乙
  时限 审核 自 受理日 不超过10个工作日 可延5个工作日 依据 "三(二)"
  时限 公示 自 公示日 不少于5个工作日
  时限 项目公布 自 分配日 提前 不少于30天
}
`

const inPolicy = <T>(work: (policy: string, folder: string) => Promise<T>, text = source): Promise<T> =>
  inFolder(async (folder) => {
    await writeFile(`${folder}/a.heng`, text)
    return work(`${folder}/a.heng`, folder)
  })
const run = (...args: readonly string[]): Promise<Run> => inPolicy((policy) => heng(['timeline', policy, ...args]))

describe('heng timeline', () => {
  test('shows name, rule, day, extension and clause, and the days that were not given', async () => {
    const { code, stdout, stderr } = await run('--from', '受理日=2025-09-26')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [, first, second] = stdout.split('\n')
    for (const part of ['审核', '自受理日不超过10个工作日，可延5个工作日', '2025-10-16', '2025-10-23', '三(二)']) expect(first).toContain(part)
    expect(second).toContain('未给公示日')
  })

  test('takes several days, repeated or with commas, and speaks English', async () => {
    const { stdout } = await run('--from', '受理日=2025-03-03，公示日＝2025-04-01', '--from', '分配日=2025-06-30', '--language', 'en')
    for (const part of ['by 2025-03-17', 'not over before 2025-04-09', 'by 2025-05-31']) expect(stdout).toContain(part)
  })

  test('writes a calendar file', async () => {
    await inPolicy(async (policy, folder) => {
      const { code } = await heng(['timeline', policy, '--from', '受理日=2025-03-03', '--ics', `${folder}/out.ics`])
      expect(code).toBe(0)
      expect((await readFile(`${folder}/out.ics`, 'utf8')).match(/BEGIN:VEVENT/g)).toHaveLength(2)
      expect((await readdir(folder)).sort()).toEqual(['a.heng', 'out.ics'])
    })
  })

  test('gives data with --json', async () => {
    const { code, stdout } = await run('--from', '受理日=2025-03-03', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      policy: { name: '试' },
      deadlines: [
        { name: '审核', status: 'counted', sense: 'latest', day: '2025-03-17', extendedTo: '2025-03-24', cites: ['三(二)'], problem: null },
        { name: '公示', status: 'not-given', day: null },
        { name: '项目公布', status: 'not-given' },
      ],
    })
  })

  test('exits with 1 for a year without a calendar, and still shows the others', async () => {
    const { code, stdout, stderr } = await run('--from', '受理日=2150-03-03、分配日=2150-06-30')
    expect(code).toBe(1)
    for (const part of ['审核', '2150', 'chinese-days']) expect(stderr).toContain(part)
    expect(stdout).toContain('2150-05-31')
    const json = await run('--from', '受理日=2150-03-03', '--json')
    expect(json.code).toBe(1)
    expect(JSON.parse(json.stdout).deadlines[0]).toMatchObject({ status: 'unknown', day: null, problem: { code: 'calendar-unknown', year: 2150 } })
  })

  test.each(['受理日', '受理日=', '受理日=2025-02-30', '受理日=2025-3-3', '2025-03-03', '审核日=2025-03-03', '受理日=2025-03-03,受理日=2025-03-04'])(
    'refuses --from %s',
    async (from) => expect(await run('--from', from)).toMatchObject({ code: 2, stdout: '' }),
  )

  test('cannot run without deadlines, without a day for the calendar file, onto the policy and into a folder that is not there', async () => {
    await inPolicy(async (policy, folder) => {
      const args = ['timeline', policy, '--from', '受理日=2025-03-03']
      for (const more of [
        [...args, '--ics', policy],
        [...args, '--ics', `${folder}/none/out.ics`],
        [...args, '--ics', folder],
        ['timeline', policy, '--ics', `${folder}/o.ics`],
      ])
        expect((await heng(more)).code).toBe(2)
      expect(await readFile(policy, 'utf8')).toBe(source)
      expect(await readdir(folder)).toEqual(['a.heng'])
    })
    await inPolicy(async (policy) => expect((await heng(['timeline', policy])).code).toBe(2), source.replace(/ {2}时限.*\n/g, ''))
  })
})
