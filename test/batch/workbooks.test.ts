// Workbooks as they come: merged, hidden and broken cells, in every way that XML may be written. Nothing in them is silently empty.

import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { policyOf } from '../runtime/support.ts'
import { scored, summaryOf } from './run.ts'

const policy = policyOf(`事实 次数: 整数 次 范围 0..9
  事实 家庭: 文本   缺省 编号
  指标 甲 { 每1次 次数 得1分 }
  指标 乙 { 当 家庭 = "H1" 得10分 }
  总分 = 甲 + 乙`)

interface Parts {
  readonly rows: string
  readonly before?: string
  readonly after?: string
  readonly sheets?: string
  readonly target?: string
  readonly relation?: string
  readonly strings?: string
  readonly prefix?: string
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook out of the XML of its rows. */
function workbook({ rows, before = '', after = '', sheets, target = 'worksheets/sheet1.xml', relation, strings = '' }: Parts): Uint8Array {
  const sheet = sheets ?? '<sheet name="名单" sheetId="1" r:id="rId1"/>'
  const files = {
    '[Content_Types].xml': `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    'xl/workbook.xml': `<?xml version="1.0"?><workbook ${main} xmlns:r="${relations}"><sheets>${sheet}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation ?? `<Relationship Id="rId1" Type="${relations}/worksheet" Target="${target}"/>`}<Relationship Id="rId9" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<?xml version="1.0"?><sst ${main}>${strings}</sst>`,
    'xl/worksheets/sheet1.xml': '',
    [target.startsWith('/') ? target.slice(1) : `xl/${target}`]:
      `<?xml version="1.0"?><worksheet ${main}>${before}<sheetData>${rows}</sheetData>${after}</worksheet>`,
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
}

const cell = (place: string, text: string) => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
const header = `<row r="1">${cell('A1', '编号')}${cell('B1', '次数')}${cell('C1', '家庭')}</row>`
const row = (n: number, key: string, second: string, third = '') => `<row r="${n}">${cell(`A${n}`, key)}${second}${third}</row>`
const number = (place: string, value: string) => `<c r="${place}"><v>${value}</v></c>`

const run = (parts: Parts) => scored(policy, ['people.xlsx', workbook(parts)])

test('the value of a merged cell holds for each of its rows', async () => {
  const rows = `${header}${row(2, '甲', number('B2', '1'), cell('C2', 'H1'))}${row(3, '乙', number('B3', '2'))}${row(4, '丙', number('B4', '3'))}`
  const merged = await run({ rows, after: '<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>' })
  expect(merged.totals).toEqual([
    ['甲', '11'],
    ['乙', '12'],
    ['丙', '3'],
  ])
  expect((await run({ rows })).totals[1]).toEqual(['乙', '2'])
})

test.each([
  [
    'a number over two rows',
    'B2:B3',
    [],
    [
      ['甲', '1'],
      ['乙', '1'],
    ],
  ],
  [
    'with dollars',
    '$B$2:$B$3',
    [],
    [
      ['甲', '1'],
      ['乙', '1'],
    ],
  ],
  ['over two columns', 'B3:C3', [['3', '乙', '次数', 'B–C']], [['甲', '1']]],
  [
    'over a block',
    'B2:C3',
    [
      ['2', '甲', '次数', 'B–C'],
      ['3', '乙', '次数', 'B–C'],
    ],
    [],
  ],
  [
    'below the last row',
    'B2:B900',
    [],
    [
      ['甲', '1'],
      ['乙', '1'],
    ],
  ],
])('merged %s', async (_, ref, rejects, totals) => {
  const found = await run({
    rows: `${header}${row(2, '甲', number('B2', '1'))}${row(3, '乙', '')}`,
    after: `<mergeCells><mergeCell ref="${ref}"/></mergeCells>`,
  })
  expect(found.rejects.map(([line, key, column, value]) => [line, key, column, value])).toEqual(rejects)
  expect(found.totals).toEqual(totals)
})

test('a key that is merged over two rows stands twice', async () => {
  const parts = {
    rows: `${header}${row(2, '甲', number('B2', '1'))}<row r="3">${number('B3', '2')}</row>`,
    after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
  }
  expect((await run(parts)).rejects.map(([line, key]) => [line, key])).toEqual([
    ['2', '甲'],
    ['3', '甲'],
  ])
})

test.each([
  ['an error', '<c r="B2" t="e"><v>#DIV/0!</v></c>', '#DIV/0!'],
  ['an error in other quotes and blanks', "<c  t = 'e'\n r='B2' ><v >#N/A</v ></c >", '#N/A'],
  ['an error in CDATA', '<c r="B2" t="e"><v><![CDATA[#REF!]]></v></c>', '#REF!'],
  ['an error of a formula with attributes', '<c r="B2" t="e"><f t="shared" si="0" ref="B2:B3">A1*<![CDATA[2]]></f><v>#NAME?</v></c>', '#NAME?'],
  ['an error with an escaped sign', '<c r="B2" t="e"><v>#NULL&#33;</v></c>', '#NULL!'],
  ['a formula without a value', '<c r="B2"><f>A1+1</f></c>', ''],
  ['a formula with an empty value', '<c r="B2"><f>A1+1</f><v/></c>', ''],
  ['a formula of a text without a value', '<c r="B2" t="str"><f>A1</f></c>', ''],
  ['a shared formula that is not written out', '<c r="B2"><f t="shared" si="0"/></c>', ''],
  ['a cell of a type that is not known', '<c r="B2" t="q"><v>3</v></c>', '3'],
  ['a shared text that is not there', '<c r="B2" t="s"><v>77</v></c>', ''],
])('%s rejects its row', async (_, second, value) => {
  const found = await run({ rows: `${header}${row(2, '甲', second)}${row(3, '乙', number('B3', '2'))}` }).catch((error: unknown) => String(error))
  if (typeof found === 'string') throw new Error(found)
  if (found.result.ok) {
    expect(found.rejects.map(([line, key, column]) => [line, key, column])).toEqual([['2', '甲', '次数']])
    expect(found.rejects[0]?.[3] ?? '').toContain(value)
    expect(found.totals).toEqual([['乙', '2']])
  } else expect(found.result.problems.map(({ code }) => code)).toEqual(['not-workbook'])
})

test.each([
  ['a value in CDATA', '<c r="B2"><v><![CDATA[3]]></v></c>'],
  ['a formula with its value', '<c r="B2"><f>1+2</f><v>3</v></c>'],
  ['a text of several runs', '<c r="B2" t="inlineStr"><is><r><t>3</t></r></is></c>'],
])('%s is read, or its row is rejected', async (_, second) => {
  const found = await run({ rows: `${header}${row(2, '甲', second)}${row(3, '乙', number('B3', '2'))}` })
  const rejected = found.rejects.map(([line]) => line)
  expect(found.totals).toEqual(
    rejected.length > 0
      ? [['乙', '2']]
      : [
          ['甲', '3'],
          ['乙', '2'],
        ],
  )
})

test('a cell that does not say where it stands is read, or the file refused', async () => {
  const { result, totals } = await run({ rows: `${header}${row(2, '甲', '<c><v>3</v></c>')}` })
  expect(result.ok ? totals : result.problems.map(({ code }) => code)).toEqual(result.ok ? [['甲', '3']] : ['not-workbook'])
})

test.each([
  ['an empty shared text', '<c r="C2" t="s"><v>0</v></c>', '<si><t></t></si>'],
  ['a formula that gives an empty text', '<c r="C2" t="str"><f>""</f><v></v></c>', ''],
  ['a styled cell with nothing in it', '<c r="C2" s="1"/>', ''],
])('%s is empty', async (_, third, strings) => {
  const found = await run({ rows: `${header}${row(2, '甲', number('B2', '3'), third)}`, strings })
  expect(found.totals).toEqual([['甲', '3']])
})

test.each([
  ['in a folder of its own', { target: 'sheets/people.xml' }],
  ['from the root of the archive', { target: '/xl/other/list.xml' }],
  ['with the attributes in another order', { relation: `<Relationship Target='worksheets/sheet1.xml' Type='${relations}/worksheet' Id = 'rId1' />` }],
  [
    'under a prefix',
    {
      relation: `<x:Relationship xmlns:x="http://schemas.openxmlformats.org/package/2006/relationships" Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/>`,
    },
  ],
])('an error in a sheet that lies %s', async (_, parts) => {
  const found = await run({ rows: `${header}${row(2, '甲', '<c r="B2" t="e"><v>#N/A</v></c>')}`, ...parts })
  expect(found.result.ok ? found.rejects.map(([line, , column]) => [line, column]) : found.result.problems.map(({ code }) => code)).toEqual(
    found.result.ok ? [['2', '次数']] : ['not-workbook'],
  )
})

test('a row without a value is nobody, one with a cell that cannot be read is a bad row', async () => {
  const open = (n: number) => `<row r="${n}"><c r="B${n}"><f>A1</f></c></row>`
  const found = await run({ rows: `${header}<row r="2"/>${open(3)}${row(4, '甲', number('B4', '3'))}<row r="5"/>${open(6)}` })
  expect(found.totals).toEqual([['甲', '3']])
  expect(found.rejects.map(([line, , column]) => [line, column])).toEqual([
    ['3', '次数'],
    ['6', '次数'],
  ])
})

test('what is hidden counts, and is told', async () => {
  const rows = `${header}<row r="2" hidden="1">${cell('A2', '甲')}${number('B2', '1')}</row><row r="3" hidden='true'>${cell('A3', '乙')}</row>${row(4, '丙', '')}`
  const found = await run({
    rows,
    before: '<cols><col min="2" max="3" width="9" hidden="1"/></cols>',
    sheets: '<sheet name="旧表" sheetId="2" state="hidden" r:id="rId1"/>',
  })
  const { notices, scored: count } = summaryOf(found)
  expect(count).toBe(3)
  expect(notices.map(({ code, value }) => [code, value])).toEqual([
    ['hidden-sheet', '旧表'],
    ['hidden-columns', '次数、家庭'],
    ['hidden-rows', '2、3'],
  ])
})

test('of many hidden rows the first five are named', async () => {
  const hidden = (count: number) => Array.from({ length: count }, (_, i) => `<row r="${i + 2}" hidden="1">${cell(`A${i + 2}`, `甲${i}`)}</row>`).join('')
  for (const [count, told] of [
    [5, '2、3、4、5、6'],
    [6, '2、3、4、5、6…'],
  ] as const)
    expect(summaryOf(await run({ rows: `${header}${hidden(count)}` })).notices.map(({ code, value }) => [code, value])).toEqual([['hidden-rows', told]])
})

test('nothing hidden, nothing told', async () => {
  expect(summaryOf(await run({ rows: `${header}${row(2, '甲', number('B2', '1'))}` })).notices).toEqual([])
})

const stopped = async (contents: Uint8Array) => {
  const { result } = await scored(policy, ['people.xlsx', contents])
  return result.ok ? [] : result.problems.map(({ code }) => code)
}

test('a small archive that unpacks to far too much is refused before it is unpacked', async () => {
  const bomb = workbook({ rows: `${header}${' '.repeat(40_000_000)}` })
  expect(bomb.length).toBeLessThan(1_000_000)
  const start = process.cpuUsage()
  expect(await stopped(bomb)).toEqual(['workbook-too-large'])
  expect(process.cpuUsage(start).user).toBeLessThan(5_000_000)
})

test('an archive that understates what it unpacks to is no workbook', async () => {
  const honest = workbook({ rows: `${header}${' '.repeat(3_000_000)}` })
  const lying = Uint8Array.from(honest)
  const view = new DataView(lying.buffer)
  for (let at = 0; at + 30 < lying.length; at += 1) {
    const signature = view.getUint32(at, true)
    const size = signature === 0x04034b50 ? at + 22 : signature === 0x02014b50 ? at + 24 : undefined
    if (size !== undefined && view.getUint32(size, true) > 1_000_000) view.setUint32(size, 10, true)
  }
  expect(await stopped(lying)).toEqual(['not-workbook'])
})

test.each([
  ['a compound file', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(600)), 'old-or-locked-workbook'],
  ['a text', strToU8('编号,次数\n甲,1\n'), 'not-workbook'],
  ['an archive of something else', zipSync({ 'a.txt': strToU8('a') }), 'not-workbook'],
  ['half a workbook', workbook({ rows: header }).slice(0, 400), 'not-workbook'],
  ['nothing', new Uint8Array(), 'not-workbook'],
  ['a sheet that is no XML', workbook({ rows: '<row r="1"><c r="A1"' }), 'not-workbook'],
])('%s is told for what it is', async (_, contents, code) => {
  expect(await stopped(contents)).toEqual([code])
})
