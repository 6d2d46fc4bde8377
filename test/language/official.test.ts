// How an official text is read: tables, annexes, several documents in one file, numbers that are left out, and what is told of a line
// that cannot be read.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { comparableName } from '../../language/coverage/citation.ts'
import { officialText } from '../../language/coverage/official.ts'

const names = (text: string) => officialText(text).clauses.map(({ name }) => name)
const notices = (text: string) => officialText(text).notices
/** Which lines are what. */
const lines = (text: string) => {
  const { lines: all } = officialText(text)
  return Object.fromEntries((['clause', 'heading', 'unread'] as const).map((of) => [of, all.filter((line) => line.of === of).map(({ number }) => number)]))
}
const fixture = (name: string) => readFileSync(new URL(`official/${name}.txt`, import.meta.url), 'utf8')

describe('a table', () => {
  test.each([
    ['with pipes and a rule', '| 项目 | 分值 |\n|---|---|\n| 年龄 | 20 |\n| 学历 | 10 |'],
    ['with pipes inside only', '项目 | 分值 | 备注\n年龄 | 20 | 无\n学历 | 10 | 无'],
    ['in a drawn frame', '┌────┬────┐\n│项目│分值│\n├────┼────┤\n│年龄│ 20 │\n│学历│ 10 │\n└────┴────┘'],
    ['with full-width pipes', '｜项目｜分值｜\n｜年龄｜20｜\n｜学历｜10｜'],
    ['with tabs', '项目\t分值\t备注\n年龄\t20\t\n\n学历\t10\t'],
    ['with two columns', '项目\t分值\n年龄\t20\n学历\t10'],
    ['with numbered rows', '序号\t项目\t分值\n1\t年龄\t20\n2\t学历\t10'],
    ['with numbers in its cells', '项目\t内容\t分值\n一、年龄\t1.满55周岁；2.满60周岁\t20\n二、学历\t（一）本科\t10'],
    ['whose head is repeated on the next page', '项目\t分值\t备注\n年龄\t20\t无\n项目\t分值\t备注\n学历\t10\t无'],
  ])('%s has its rows as clauses', (_, table) => {
    expect(names(`一、标准\n${table}\n二、其他。`)).toEqual(['一', '一年龄', '一学历', '二'])
    expect(notices(`一、标准\n${table}\n二、其他。`)).toEqual([])
  })

  test('without a head loses no row', () => {
    expect(names('一、标准\n年龄\t55岁以下\t20分\n学历\t本科\t10分')).toEqual(['一', '一年龄', '一学历'])
    expect(names('一、标准\n| 年龄 | 20分 |')).toEqual(['一', '一年龄'])
  })

  test('has rows of one cell that goes on told apart by what follows', () => {
    expect(names('附件1\n项目\t内容\t分值\n文化程度\t初中\t40\n\t高中（中技、中职）\t50\n职业资格\t初级工\t20\n\t高中（中技、中职）\t10')).toEqual([
      '附件1',
      '附件1初中',
      '附件1文化程度/高中(中技中职)',
      '附件1初级工',
      '附件1职业资格/高中(中技中职)',
    ])
  })

  test('has a row that nothing tells apart named by its line', () => {
    expect(names('一、标准\n项目\t分值\n年龄\t20\n年龄\t20')).toEqual(['一', '第3行', '第4行'])
  })

  test('with a row of other columns has the row, and it is told', () => {
    const text = '一、标准\n| 项目 | 分值 | 备注 |\n|---|---|---|\n| 年龄 | 20 | 无 |\n| 学历 | 10 |\n| 党员 | 5 | 无 |'
    expect(names(text)).toEqual(['一', '一年龄', '一学历', '一党员'])
    expect(notices(text)).toEqual([{ kind: 'ragged', line: 5, has: 2, wants: 3 }])
  })

  test('ends where it ends: what stands under it belongs to no row', () => {
    const text = '一、标准\n项目\t分值\n年龄\t20\n学历\t10\n各项合计不超过25分。\n二、其他。'
    expect(names(text)).toEqual(['一', '一年龄', '一学历', '第5行', '二'])
    expect(lines(text)).toEqual({ clause: [1, 3, 4, 6], heading: [2], unread: [5] })
  })

  test('is none where a tab follows a number, or one | is left from a web page', () => {
    expect(names('一、\t总则\n（一）\t范围。\n（二）\t原则。|\n')).toEqual(['一', '一(一)', '一(二)'])
  })

  test('of labels is the head of a paper', () => {
    const text = '发布机构: | 市政府办 |\n文件编号: | 桐政办发〔2024〕39号 |\n一、总则。'
    expect(lines(text)).toEqual({ clause: [3], heading: [1, 2], unread: [] })
  })

  test('of a real scheme has a row for each of its lines', () => {
    const rows = (name: string) => officialText(fixture(name)).clauses.filter(({ kind }) => kind === 'row')
    expect(rows('chancheng-2016')).toHaveLength(21)
    expect(rows('chancheng-2016').map(({ name }) => name)).toEqual(expect.arrayContaining(['附件高中(中技中职)', '附件五级']))
    expect(new Set(rows('chancheng-2016').map(({ name }) => name)).size).toBe(21)
    expect(rows('dongguan-2015').map(({ name }) => name)).toEqual([
      '一(一)选择以服务地申请/父母双方均缴纳社会保险费/父母双方在同一镇街服务',
      '一(一)选择以服务地申请/父母双方均缴纳社会保险费/父母在不同镇街服务',
      '一(一)选择以服务地申请/父母一方缴纳社会保险费',
      '一(一)父母双方缴纳社会保险费',
      '一(一)选择以自有居所所在地申请/父母一方缴纳社会保险费',
      ...['附件高中(中技或中职)及以下学历', '附件大专或高级技工学校毕业生', '附件本科或技师学院毕业生', '附件硕士研究生或以上'],
    ])
  })
})

describe('numbers', () => {
  test.each([
    ['in one sign', '一、甲。\n㈠乙。\n㈡丙。\n⒈丁。\n⑴戊。', ['一', '一(一)', '一(二)', '一(二)1', '一(二)1(1)']],
    ['in full width', '一、甲。\n（一）乙。\n１．丙。\n２．丁。', ['一', '一(一)', '一(一)1', '一(一)2']],
    ['with a dot', '一．甲。\n二．乙。', ['一', '二']],
    ['of articles in figures', '第1条 甲。\n第2条 乙。', ['第一条', '第二条']],
    ['under sections', '第一章 总则\n第一节 范围\n第一条 甲。\n第二节 原则\n第二条 乙。', ['第一条', '第二条']],
  ])('%s are read', (_, text, all) => {
    expect(names(text)).toEqual(all)
    expect(notices(text)).toEqual([])
  })
})

describe('an annex', () => {
  test.each([
    ['附件', '附件'],
    ['附件：', '附件'],
    ['附件 积分指标表', '附件'],
    ['附件：积分指标表', '附件'],
    ['附件1', '附件1'],
    ['附件 1', '附件1'],
    ['附件1：积分指标表', '附件1'],
    ['附件二', '附件2'],
    ['附表1', '附表1'],
  ])('%s has the table under it', (heading, name) => {
    expect(names(`一、总则。\n二、附则。\n${heading}\n项目\t分值\n年龄\t20\n学历\t10`)).toEqual(['一', '二', name, `${name}年龄`, `${name}学历`])
  })

  test('is addressed with its number, however often numbers begin again', () => {
    expect(names('一、总则。\n二、附则。\n附件1\n一、甲。\n（一）乙。\n附件2\n基础分\n一、丙。\n二、丁。\n注:1.戊;\n2.己。')).toEqual([
      ...['一', '二', '附件1', '附件1 一', '附件1 一(一)', '附件2', '附件2 一', '附件2 二', '附件2 二注', '附件2 二注1', '附件2 二注2'],
    ])
  })

  test.each([
    ['on one line', '附件:1.基础分表 2.附加分表'],
    ['one below the other', '附件：\n1.基础分表\n2.附加分表'],
    ['with their numbers', '附件1：基础分表\n附件2：附加分表'],
    ['one alone', '附件：基础分表'],
  ])('is none where they are listed %s', (_, list) => {
    const text = `一、总则。\n二、附则。\n${list}\n\n某市人民政府\n2024年1月2日`
    expect(names(text)).toEqual(['一', '二'])
    expect(lines(text).unread).toEqual([])
  })
})

test('a long paper has each article under its own number', () => {
  const written = ['第九十八条', '第一百零一条', '第一百一十条', '第一百九十九条', '第二百条', '第二百一十二条', '第三百零五条', '第九百九十九条']
  const figures = [98, 101, 110, 199, 200, 212, 305, 999]
  const paper = (articles: readonly string[]) => articles.map((article) => `${article} 得1分。`).join('\n')
  const named = (text: string) => names(text).filter((name) => written.includes(name))
  expect(named(paper(written))).toEqual(written)
  expect(named(paper(figures.map((figure) => `第${figure}条`)))).toEqual(written)
  expect(figures.map((figure) => comparableName(`第${figure}条`))).toEqual(written)
})

test('a number that does not follow is told whatever ends the lines', () => {
  const paper = ['一、甲得1分。', '二、乙得1分。', '二十、丙得1分。']
  for (const end of ['\n', '\r\n', '\r']) {
    expect(names(paper.join(end))).toEqual(['一', '二', '二十'])
    expect(notices(paper.join(end))).toEqual([{ kind: 'out-of-series', line: 3, number: '二十、' }])
  }
})

describe('numbers that begin again', () => {
  const title = (text: string) => officialText(text).parts.map(({ name, title: called }) => [name, called])

  test('begin a part, called by its title', () => {
    const text =
      '关于印发积分办法的通知\n一、要落实责任。\n二、要加强宣传。\n某市人民政府\n2024年1月2日\n某市新居民\n积分管理办法\n为规范管理，制定本办法。\n一、总则。\n二、附则。'
    expect(title(text)).toEqual([
      ['第1部分', '关于印发积分办法的通知'],
      ['第2部分', '某市新居民积分管理办法'],
    ])
    expect(officialText(text).clauses.map(({ part, name }) => [part, name])).toEqual([
      [0, '一'],
      [0, '二'],
      [1, '第8行'],
      [1, '一'],
      [1, '二'],
    ])
    expect(lines(text)).toEqual({ clause: [2, 3, 9, 10], heading: [1, 4, 5, 6, 7], unread: [8] })
    expect(notices(text)).toEqual([{ kind: 'starts-again', line: 9, number: '一、', part: '第2部分' }])
  })

  test('begin one without a title as well', () => {
    expect(title('一、甲。\n二、乙。\n一、丙。\n二、丁。')).toEqual([
      ['第1部分', ''],
      ['第2部分', ''],
    ])
    expect(title('第一条 甲。\n第二条 乙。\n实施细则\n第一条 丙。')).toEqual([
      ['第1部分', ''],
      ['第2部分', '实施细则'],
    ])
  })

  test('in each chapter make parts of the chapters', () => {
    const text = '第一章 总则\n一、甲。\n二、乙。\n第二章 计分\n一、丙。\n二、丁。\n第三章 附则\n一、戊。'
    expect(title(text).map(([name]) => name)).toEqual(['第一章', '第二章', '第三章'])
    expect(officialText(text).clauses.map(({ part, name }) => `${part}${name}`)).toEqual(['0一', '0二', '1一', '1二', '2一'])
  })

  test('of a lower series are read and told', () => {
    expect(names('（一）甲。\n（二）乙。\n（一）丙。')).toEqual(['(一)', '(二)', '第3行'])
    expect(notices('（一）甲。\n（二）乙。\n（一）丙。')).toEqual([{ kind: 'out-of-series', line: 3, number: '（一）' }])
  })
})

describe('a number that is left out', () => {
  test.each([
    ['一、甲。\n三、丙。', ['一', '二', '三']],
    ['一、甲\n（一）子。\n（四）孙。\n二、乙。', ['一', '一(一)', '一(二)', '一(三)', '一(四)', '二']],
    ['第一条 甲。\n第三条 丙。', ['第一条', '第二条', '第三条']],
    ['一、甲。\n1.子。\n3.孙。', ['一', '一.1', '一.2', '一.3']],
    ['二、乙。\n三、丙。', ['一', '二', '三']],
  ])('%j is a clause that must be accounted for', (text, all) => {
    expect(names(text)).toEqual(all)
    const missing = officialText(text).clauses.filter(({ kind }) => kind === 'missing')
    expect(missing.every(({ says }) => says)).toBe(true)
    expect(missing.length).toBeGreaterThan(0)
  })

  test('far away is no gap: it is read and told', () => {
    expect(names('一、甲。\n二十、丙。')).toEqual(['一', '二十'])
    expect(notices('一、甲。\n二十、丙。')).toEqual([{ kind: 'out-of-series', line: 2, number: '二十、' }])
    expect(names('一、甲。\n一、乙。\n三、丙。').slice(0, 2)).toEqual(['一', '一'])
  })
})

describe('what belongs to no clause', () => {
  test('is told line by line, but for the head and the foot of a paper', () => {
    const text = [
      ...['某市人民政府文件', '某政发〔2024〕1号', '某市积分管理办法（试行）', '各县（市、区）人民政府：', '为规范管理，制定本办法。', '一、总则。', '甲。'],
      ...['某市人民政府办公室', '2024年1月2日', '（此件公开发布）', '抄送：省委各部门，', '省法院。', '本文另有说明。', '— 3 —', '-----'],
    ].join('\n')
    expect(lines(text)).toEqual({ clause: [6, 7], heading: [1, 2, 3, 4, 8, 9, 10, 11, 12, 14, 15], unread: [5, 13] })
    expect(names(text)).toEqual(['第5行', '一', '第13行'])
  })

  test('is no title because it ends like one, nor addressed because it begins so', () => {
    const text = '一、标准\n项目\t分值\n年龄\t20\n学历\t10\n表里没有的应当按照市里的规定\n各项按下列标准：\n20'
    expect(lines(text).unread).toEqual([5, 6, 7])
  })

  test('may be a whole paper without numbers, or the beginning of a line', () => {
    expect(names('现公布积分标准。\n年龄满20岁得5分。')).toEqual(['第1行', '第2行'])
    expect(names('现公布如下。 一、甲。')).toEqual(['第1行', '一'])
    expect(names('第一章 总则\n本章适用于全市。\n第一条 甲。')).toEqual(['第2行', '第一条'])
  })

  test('does not go on after the sentence that puts the paper into force', () => {
    expect(names('一、甲。\n本办法自2024年1月1日起施行。\n另附说明一段。')).toEqual(['一', '施行', '第3行'])
  })

  test('signs that cannot be read are told', () => {
    expect(notices('一、甲\u{fffd}。\n二、乙\u0001。\f\n三、丙\t。')).toEqual([
      { kind: 'garbled', line: 1 },
      { kind: 'garbled', line: 2 },
    ])
  })
})

describe('a clause with others in it', () => {
  const says = (text: string) => officialText(`${text}\n（一）子。\n（二）孙。`).clauses[0]?.says

  test.each([
    '一、加分指标',
    '一、关于参加本市新居民积分制管理的人员应当具备的基本条件和要求',
    '一、基本条件。申请人应当同时符合以下条件：',
    '一、计分标准。积分按下列标准计算，具体内容如下。',
    '一、（一览）申请人具备下列条件的，可以申请：',
  ])('%s says nothing itself', (text) => expect(says(text)).toBe(false))

  test.each([
    '一、加分指标（最高50分）',
    '一、实际工作生活积分，总分70分，具体计算办法如下：',
    '一、个人素质积分＝文化程度得分＋职业资格得分',
    '一、基本条件。有下列情形的，不予受理：',
    '一、范围。适用于本市行政区域内居住的人员。不含户籍人口，具体如下：',
  ])('%s says something', (text) => expect(says(text)).toBe(true))

  test('of a real scheme: what only introduces, and what caps or sums', () => {
    const silent = officialText(fixture('foshan-2016')).clauses.filter((clause) => !clause.says)
    expect(silent.map(({ name }) => name)).toEqual(['一'])
    const xiamen = officialText(fixture('xiamen-2016')).clauses.find(({ name }) => name === '四(二)')
    expect(xiamen?.says).toBe(true)
  })
})
