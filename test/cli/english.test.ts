// Who asks for English reads English: every command, of a policy whose author wrote English, has no Chinese letter in what it prints and writes.

import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { heng, inFolder } from './run.ts'

const policy = `policy Example {
  number "2025/1"
  in force 2024-01-01 to 2028-12-31
  as of review

  fact pay: decimal 2 places yuan   range 0..100000
  fact degree: levels [school, college, master]
  fact household: text   default id
  fact street: choice [East, West]
  fact fined: records { day: date }   default []
  fact resident: yesno   default yes

  indicator pay { per 100 yuan pay award 1 points max 500 points }
  indicator degree first unsourced "the paper has no figures" {
    when degree >= master    award 20 points
    when degree >= college   award 10 points
    otherwise                award 0 points
  }
  deductions fines { each fined up to review deduct 5 points }

  total = pay + degree - fines
  veto when any(fined up to review where day > review - 1 years)

  scenario flats {
    applies when resident
    quota 1
    rank total high to low, degree high to low
    equals lot
    at cutoff lot
  }
  scenario schools {
    quota by street { columns East, West row 1, 1 }
    household household higher
    rank total high to low
    equals share place
    at cutoff admit none
  }
}
`
const people = [
  'id,pay,degree,household,street,fined,resident',
  'A1,1000,college,,East,[],',
  'A2,,master,F,West,,',
  'A3,2000,,,East,"[{""day"":""2025-02-01""}]",',
  'A4,1000,college,,East,,',
  'A5,900,,F,West,,',
  'A6,x,,,East,,',
  'A7,1000,college,,,,',
].join('\n')

const inEnglish = (work: (run: (...args: string[]) => Promise<string>, folder: string) => Promise<void>) => () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'p.heng'), policy)
    await writeFile(join(folder, 'people.csv'), people)
    await writeFile(join(folder, 'person.json'), '{"id":"A9","pay":"300","degree":"college"}')
    await work(async (...args) => {
      const { code, stdout, stderr } = await heng([...args, '--language', 'en'], { cwd: folder })
      expect(code, stderr).not.toBe(2)
      return `${stdout}\n${stderr}`
    }, folder)
  })

const day = ['--as-of', 'review=2025-03-01']
const han = /[\p{Script=Han}，。；：、“”（）【】]/u
/** Quotation marks are English too. */
const letters = (text: string): string => text.replaceAll(/[“”]/g, '"')

test.each([
  ['check', ['check', 'p.heng']],
  ['score', ['score', 'p.heng', '--people', 'people.csv', ...day]],
  ['score with bounds', ['score', 'p.heng', '--people', 'people.csv', ...day, '--bounds']],
  ['a trial', ['score', 'p.heng', '--people', 'people.csv', '--as-of', 'review=2030-01-01', '--trial']],
  ['out of force', ['score', 'p.heng', '--people', 'people.csv', '--as-of', 'review=2030-01-01']],
  ['score for machines', ['score', 'p.heng', '--people', 'people.csv', ...day, '--out', 'o.csv', '--json']],
  ['rank with a lot', ['rank', 'p.heng', '--people', 'people.csv', ...day, '--scenario', 'flats', '--seed', 'abc']],
  ['rank by lists and households', ['rank', 'p.heng', '--people', 'people.csv', ...day, '--scenario', 'schools']],
  ['a place', ['rank', 'p.heng', '--people', 'people.csv', ...day, '--scenario', 'flats', '--seed', 'abc', '--explain', 'A4']],
  ['a receipt', ['explain', 'p.heng', '--person', 'person.json', ...day]],
  ['a receipt, whole', ['explain', 'p.heng', '--person', 'person.json', ...day, '--all', '--scenario', 'flats']],
  ['a query', ['compile', 'p.heng', '--target', 'sql', ...day]],
  ['a query out of force', ['compile', 'p.heng', '--target', 'sql', '--as-of', 'review=2030-01-01']],
  ['people', ['people', 'p.heng', '--n', '3', '--seed', '1', '--out', 'some.csv']],
] as const)('%s', (_, args) =>
  inEnglish(async (run, folder) => {
    // A total that the author gives no name has one id in all languages, and machines read data.
    if (!args.includes('--json' as never)) expect(letters(await run(...args)).replaceAll('total:总分', '')).not.toMatch(han)
    else await run(...args)
    for (const name of await readdir(folder)) {
      const text = letters(await readFile(join(folder, name), 'utf8'))
      if (name !== 'some.csv' && name !== 'p.heng') expect(text, name).not.toMatch(han)
    }
  })(),
)

test(
  'what is ranked in English is what is ranked in Chinese, in other words',
  inEnglish(async (run, folder) => {
    const ask = ['rank', 'p.heng', '--people', 'people.csv', ...day, '--scenario', 'flats', '--seed', 'abc']
    const placesIn = (text: string) =>
      text
        .split('\n')
        .slice(1, 7)
        .map((row) => row.split(',').filter((_, i) => i < 3 || i === 4))
    const english = await run(...ask)
    expect(english.split('\n')[0]).toBe('id,list,place,state,total,key 1 total,key 2 degree,decided by,result,round,remark,unsourced')
    expect(placesIn(english)).toEqual(placesIn((await heng(ask, { cwd: folder })).stdout))
  }),
)

test('a fact called id is a fact, and the key is 编号', () =>
  inFolder(async (folder) => {
    await writeFile(
      join(folder, 'p.heng'),
      'policy P {\n  as of d\n  fact id: whole times range 0..9\n  indicator a { per 1 times id award 1 points }\n  total = a\n}\n',
    )
    await writeFile(join(folder, 'a.csv'), 'id\n3\n')
    await writeFile(join(folder, 'b.csv'), '编号,id\nX,3\n')
    const score = (file: string) => heng(['score', 'p.heng', '--people', file, '--as-of', 'd=2025-03-01'], { cwd: folder })
    expect((await score('a.csv')).stderr).toContain('编号')
    expect((await score('b.csv')).stdout).toContain('X,符合条件,3')
  }))

test.each([
  ['id', 'people.csv', ','],
  ['编号', 'people.csv', ','],
  ['id', 'people.jsonl', ''],
])('a key that is missing is told under the name that the file has: %s in %s', (key, file, separator) =>
  inFolder(async (folder) => {
    await writeFile(
      join(folder, 'p.heng'),
      'policy P {\n  as of d\n  fact n: whole times range 0..9\n  indicator a { per 1 times n award 1 points }\n  total = a\n}\n',
    )
    const rows = [
      ['A', '1'],
      ['', '2'],
      ['A', '3'],
    ] as const
    const line = ([name, n]: readonly [string, string]) => (separator === '' ? JSON.stringify({ [key]: name, n }) : `${name}${separator}${n}`)
    await writeFile(join(folder, file), [...(separator === '' ? [] : [`${key}${separator}n`]), ...rows.map(line)].join('\n'))
    for (const language of ['zh', 'en']) {
      await heng(['score', 'p.heng', '--people', file, '--as-of', 'd=2025-03-01', '--out', 'o.csv', '--language', language], { cwd: folder })
      const rejects = (await readFile(join(folder, 'o.rejects.csv'), 'utf8')).trim().split('\n').slice(1)
      expect(rejects.map((row) => row.split(',')[2])).toEqual([key, key, key])
    }
  }),
)

test.each([
  ['a.json', '{"id": A}', '“A”', 'not be there'],
  ['b.json', '{"id": "A"', '第11个字符', 'character 11'],
  ['c.json', '{\n  "id": "A",\n  "pay": 1 2\n}', '第3行第12个字符', 'character 12 of line 3'],
  ['d.json', '', '不是完整的 JSON', 'no whole JSON'],
])('what is wrong with JSON is told in the language of the reader: %s', (name, text, zh, en) =>
  inEnglish(async (run, folder) => {
    await writeFile(join(folder, name), text)
    const said = await run('explain', 'p.heng', '--person', name, ...day)
    expect(said).toContain(en)
    expect(letters(said)).not.toMatch(han)
    const { stderr } = await heng(['explain', 'p.heng', '--person', name, ...day], { cwd: folder })
    expect(stderr).toContain(zh)
    expect(stderr.replace(name, '')).not.toMatch(/[a-z]{5}/)
  })(),
)
