// A million applicants of the flat scheme, all facts known, one row in a hundred with something wrong in it; the same on every run.

import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { addDays, formatDate } from '../../../runtime/exact/date.ts'
import { writeTo } from '../../../runtime/files/whole-file.ts'
import { numbers } from '../generate-people.ts'
import { quotas } from './scheme.ts'

export const columns = [
  ...['编号', '出生日期', '学历', '养老保险月数', '累计居住月数', '居住登记日期', '自有住房', '桐乡学历', '桐乡养老保险月数', '职工医保月数'],
  ...['公积金缴存月数', '人大代表', '企业中层', '紧缺职业', '人才码', '纳税额', '发明专利数', '其他科技成果数', '市级表彰', '县级表彰', '志愿时长', '献血毫升'],
  ...['捐款额', '见义勇为', '党员先锋作用', '行政拘留次数', '其他处罚次数', '镇街'],
] as const

/** Writes `count` rows as CSV. */
export async function writePeople(path: string, count: number): Promise<void> {
  const next = numbers(7)
  const file = createWriteStream(path)
  file.write(`${columns.join(',')}\n`)
  let text = ''
  const day = (from: number, days: number) => formatDate(addDays(from, next(days)))
  const yes = (oneIn: number) => (next(oneIn) === 0 ? '是' : '否')
  const few = (oneIn: number, most: number) => String(next(oneIn) === 0 ? 1 + next(most) : 0)
  const of = (...members: readonly string[]) => members[next(members.length)] as string
  for (let i = 0; i < count; i += 1) {
    const row = [
      `P${String(i).padStart(8, '0')}`,
      day(1960_01_01, 16_000),
      of('高中及以下', '大专', '本科及以上'),
      String(next(400)),
      String(next(300)),
      day(2008_01_01, 6_000),
      yes(3),
      of('高中及以下', '高中及以下', '大专', '本科', '硕士', '博士'),
      String(next(300)),
      String(next(300)),
      String(next(200)),
      yes(100),
      yes(20),
      yes(10),
      of('无', '无', '无', 'E类', 'F类'),
      `${next(40_000)}.${String(next(100)).padStart(2, '0')}`,
      few(50, 3),
      few(30, 4),
      few(60, 2),
      few(40, 3),
      `${next(80)}.${next(10)}`,
      String(next(3) * 200 + next(2) * 50),
      `${next(5) === 0 ? next(20_000) : 0}.${String(next(100)).padStart(2, '0')}`,
      yes(200),
      yes(15),
      few(80, 2),
      few(40, 3),
      of(...Object.keys(quotas)),
    ]
    if (i % 100 === 99) spoil(row, i)
    text += `${row.join(',')}\n`
    if (text.length > 1 << 20) {
      await writeTo(file, text)
      text = ''
    }
  }
  file.end(text)
  await finished(file)
}

/** One slip of each kind, in turn. */
function spoil(row: string[], i: number): void {
  const slips = [
    ['出生日期', '1999-02-30'],
    ['学历', '博士后'],
    ['养老保险月数', '721'],
    ['自有住房', '有'],
    ['纳税额', '1,000'],
    ['志愿时长', '3.25'],
    ['献血毫升', ' 200'],
  ] as const
  const [column, value] = slips[Math.floor(i / 100) % slips.length] as (typeof slips)[number]
  row[columns.indexOf(column)] = value.includes(',') ? `"${value}"` : value
}
