// The official text as clauses, what 依据 and 条款 name, and what becomes of each clause.

import { describe, expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { citationsOf, comparableName } from '../../language/coverage/citation.ts'
import { coverage } from '../../language/coverage/coverage.ts'
import { readPaper } from '../../language/coverage/lookup.ts'
import { officialText } from '../../language/coverage/official.ts'

const paper = (text: string, file = '原文.txt') => readPaper({ file, text })
const names = (text: string) => officialText(text).clauses.map(({ name }) => name)

describe('the clauses of an official text', () => {
  test('are numbered by 一、(一) 1. and 1), also where several stand on one line', () => {
    const text = '前言。\n一、总则 (一)范围。适用于新市民,共2021年。 (二)原则。公开。\n1.公平;2.公正。\n1)甲\n2)乙\n二、附则'
    expect(names(text)).toEqual(['第1行', '一', '一(一)', '一(二)', '一(二)1', '一(二)2', '一(二)2.1)', '一(二)2.2)', '二'])
  })

  test('are numbered by articles that run on through chapters', () => {
    expect(names('第一章 总则\n第一条 甲。\n第二条 乙，见第一条。\n第二章 附则\n第三条 丙。')).toEqual(['第一条', '第二条', '第三条'])
  })

  test('are the rows of a table, by their first cell, but not its head', () => {
    expect(names('一、指标\n指标\t最高分\t内容\n年龄\t20\t满分20分\n\n学历\t10\t本科10分\n注:见附表。\n二、其他')).toEqual([
      '一',
      '一年龄',
      '一学历',
      '一注',
      '二',
    ])
  })

  test('are the notes of attachments and the sentence that puts the paper into force', () => {
    const text = '一、总则\n1.甲。 2.乙。 本办法自2025年2月1日起施行。 附件:1.共性表 2.个性表 附件1 共性表\n注:可调整。 附件2 个性表\n注:1.甲; 2.乙。'
    expect(names(text)).toEqual(['一', '一.1', '一.2', '施行', '附件1', '附件1注', '附件2', '附件2注', '附件2注1', '附件2注2'])
  })

  test('do not begin where a number is out of its series', () => {
    expect(names('一、甲,得\n3. 分,按\n第三条 乙')).toEqual(['一'])
    expect(names('一、甲，见 三、乙。')).toEqual(['一'])
  })

  test('may run on in their numbers through the headings above them, at the beginning of a line', () => {
    expect(names('一、基础\n1.年龄。\n2.学历。\n二、附加\n3.社保。\n（一）细项\n4.甲。\n5.乙。')).toEqual([
      '一',
      '一.1',
      '一.2',
      '二',
      '二.3',
      '二(一)',
      '二(一)4',
      '二(一)5',
    ])
  })

  test('say something, or are a heading only', () => {
    const says = Object.fromEntries(
      officialText('一、总则\n(一)甲。范围是本市行政区域内居住的人员，不含户籍人口。\n1.子。').clauses.map(({ name, says: own }) => [name, own]),
    )
    expect(says).toEqual({ 一: false, '一(一)': true, '一(一)1': true })
  })
})

describe('what is cited', () => {
  test.each([
    ['三(二)年龄', '三(二)年龄'],
    ['三（四）', '三(四)'],
    ['二(一)2', '二(一)2'],
    ['五.1', '五.1'],
    ['五1', '五.1'],
    ['附件2注3', '附件2注3'],
    ['第十五条', '第十五条'],
    ['二(三)5.1)', '二(三)5.1)'],
    ['附件2 三（一）', '附件2 三(一)'],
    ['附件二 三(一)', '附件2 三(一)'],
    ['附件三', '附件3'],
    ['第12条', '第十二条'],
    ['第8行', '第8行'],
  ])('%s names %s', (written, name) => expect(comparableName(written)).toBe(name))

  test('several clauses, a range of them, and the paper that is meant', () => {
    expect(citationsOf('三(一)、第三条至第七条；《细则》第二条、《细则、附件》三“甲、乙”').map(({ paper: of, clause, quote }) => [of, clause, quote])).toEqual([
      [undefined, '三(一)', undefined],
      [undefined, '第三条至第七条', undefined],
      ['细则', '第二条', undefined],
      ['细则、附件', '三', '甲、乙'],
    ])
  })
})

describe('what becomes of a clause', () => {
  const official = '一、甲\n(一)子一。(二)子二。\n二、乙\n三、丙\n四、丁\n五、戊\n本办法自2025年1月1日起施行。'
  const policy = `政策 试 {
  施行 2025-01-01
  事实 本科: 是否
  指标组 组 依据 "一(一)" 待核 "未公布" {
    指标 学历 依据 "二" { 当 本科   得5分   解释 "含自考" 依据 "三" }
  }
  总分 = 组   依据 "九"
  条款 "一" 程序 "总则"
  条款 "四" 略 "不计分"
}
`
  const found = coverage(compile(policy).parsed.tree, [paper(official)])

  test('it is ruled, procedural, left out, or open', () =>
    expect(found.clauses.map(({ name, status }) => [name, status])).toEqual([
      ['一', 'procedural'],
      ['一(一)', 'ruled'],
      ['一(二)', 'procedural'],
      ['二', 'ruled'],
      ['三', 'ruled'],
      ['四', 'omitted'],
      ['五', 'open'],
      ['施行', 'ruled'],
    ]))

  test('with the rule, its reading, and whether it rests on 待核', () => {
    const of = (name: string) => found.clauses.find((clause) => clause.name === name)?.accounts.map(({ rule, text, unsourced }) => [rule, text, unsourced])
    expect(of('二')).toEqual([['指标 学历', '', true]])
    expect(of('三')).toEqual([['指标 学历', '含自考', false]])
    expect(of('四')).toEqual([['', '不计分', false]])
  })

  test('and a clause that the text does not have is told with its place', () => {
    const [stray] = found.dangling
    expect(found.dangling).toHaveLength(1)
    expect(stray?.written).toBe('九')
    expect(policy.slice(stray?.span.start, stray?.span.end)).toBe('"九"')
  })
})

describe('what a clause takes away', () => {
  const official =
    '一、申请。\n(一)期限。公示期不得少于5个工作日,申请人可以提出复核。逾期提出的,不予受理。\n(二)责任。虚假材料所得的积分清零,并取消因积分取得的权益、待遇。\n(三)注销。有下列情形的,注销证件:①转出的;②其他应当注销的情形。\n(四)渠道。到窗口办理。'
  const told = (members: string) => {
    const { clauses, dangling } = coverage(
      compile(`政策 甲 {\n  基准日 审核日\n  事实 假: 是否   缺省 否\n  指标 项 { 得1分 }\n  总分 = 项\n${members}\n}\n`).parsed.tree,
      [paper(official)],
    )
    return {
      phrases: clauses.flatMap(({ name, phrases }) => phrases.map(({ text, status }) => `${name} ${text} ${status}`)),
      dangling: dangling.map(({ written }) => written),
    }
  }
  const all = (status: readonly string[]) =>
    ['一(一) 不予受理', '一(二) 虚假材料所得的积分清零', '一(二) 并取消因积分取得的权益、待遇', '一(三) 注销证件'].map((name, i) => `${name} ${status[i]}`)

  test('is a phrase of its own; a length, a condition and a heading are none', () => {
    expect(told('').phrases).toEqual(all(['open', 'open', 'open', 'open']))
  })

  test('is not procedure, neither by its clause nor by one around it', () => {
    const every = '条款 "一" 程序 "程序"\n条款 "一(一)" 程序 "程序"\n条款 "一(二)" 程序 "程序"\n条款 "一(三)" 程序 "程序"'
    expect(told(every).phrases).toEqual(all(['open', 'open', 'open', 'open']))
    expect(told('条款 "一" 略 "都略"').phrases).toEqual(all(['open', 'open', 'open', 'open']))
  })

  test('goes with its clause where that takes one thing away', () => {
    expect(told('失效 当 假   依据 "一(一)"\n条款 "一(三)" 略 "由公安机关"').phrases).toEqual(all(['ruled', 'open', 'open', 'omitted']))
    expect(told('失效 当 假   依据 "一(二)"').phrases).toEqual(all(['open', 'open', 'open', 'open']))
  })

  test.each([
    ['a rule', '清零 当 假   依据 "一(二)“积分清零”"', ['open', 'ruled', 'open', 'open']],
    ['a reading', '解释 "只清那一项" 依据 "一(二)“积分清零”"', ['open', 'ruled', 'open', 'open']],
    ['a statement with its reason', '条款 "一(二)“取消因积分取得的权益”" 略 "由应用部门"', ['open', 'open', 'omitted', 'open']],
    ['even as procedure, for then it is said of it', '条款 "一(一)“不予受理”" 程序 "窗口办理"', ['procedural', 'open', 'open', 'open']],
    ['words over two phrases', '清零 当 假   依据 "一(二)“积分清零，并取消”"', ['open', 'ruled', 'ruled', 'open']],
    ['words with 、 in them', '清零 当 假   依据 "一(二)“权益、待遇”、一(一)"', ['ruled', 'open', 'ruled', 'open']],
    ['two of one clause', '清零 当 假   依据 "一(二)“积分清零”、一(二)「取消」"', ['open', 'ruled', 'ruled', 'open']],
  ])('may be quoted by %s', (_, members, status) => {
    expect(told(members)).toEqual({ phrases: all(status), dangling: [] })
  })

  test('that the clause does not say is told', () => {
    expect(told('清零 当 假   依据 "一(二)“积分减半”、一(一)“不予受理”"').dangling).toEqual(['一(二)“积分减半”'])
  })
})

describe('several papers', () => {
  const rules = '关于印发积分办法的通知\n一、要落实。\n二、要宣传。\n积分办法\n一、总则。\n（一）范围。\n三、附则。'
  const details = '一、计分。\n（一）年龄。\n（二）学历。\n附件1\n项目\t分值\n献血\t5\n党员\t3'
  const told = (cites: string, members = '') => {
    const policy = `政策 试 {\n  原文 "办法.txt"、"附/细则.txt"\n  事实 甲: 是否\n  指标 项 依据 "${cites}" { 当 甲   得1分 }\n  总分 = 项\n${members}}\n`
    const { parsed, diagnostics } = compile(policy)
    expect(diagnostics).toEqual([])
    const found = coverage(parsed.tree, [paper(rules, '办法.txt'), paper(details, '附/细则.txt')])
    return {
      covered: found.clauses
        .filter(({ status }) => status !== 'open' && status !== 'heading')
        .map(({ paper: file, part, name, status }) => [file, part, name, status]),
      dangling: found.dangling.map(({ written }) => written),
      ambiguous: found.ambiguous.map(({ written, choices }) => [written, choices]),
      elsewhere: found.elsewhere.map(({ written }) => written),
    }
  }
  const nothing = { covered: [], dangling: [], ambiguous: [], elsewhere: [] }

  test.each([
    ['一(二)', [[1, 0, '一(二)', 'ruled']]],
    ['附件1献血', [[1, 0, '附件1献血', 'ruled']]],
    ['附件一 献血', [[1, 0, '附件1献血', 'ruled']]],
    ['三', [[0, 1, '三', 'ruled']]],
    ['《细则》一', [[1, 0, '一', 'ruled']]],
    ['《办法》第1部分一', [[0, 0, '一', 'ruled']]],
    ['第2部分一', [[0, 1, '一', 'ruled']]],
    ['《积分办法》一（一）', [[0, 1, '一(一)', 'ruled']]],
    [
      '《关于印发积分办法的通知》一至二',
      [
        [0, 0, '一', 'ruled'],
        [0, 0, '二', 'ruled'],
      ],
    ],
    ['《细则》一“计分”', [[1, 0, '一', 'ruled']]],
  ])('%s is found in whichever has it', (cites, covered) => {
    expect(told(cites)).toEqual({ ...nothing, covered })
  })

  test('what two of them have is told, with how each is named', () => {
    expect(told('一').ambiguous).toEqual([['一', ['《办法》第1部分一', '《办法》第2部分一', '《细则》一']]])
    expect(told('一(一)').ambiguous).toEqual([['一(一)', ['《办法》一(一)', '《细则》一(一)']]])
    expect(told('《办法》一').ambiguous).toEqual([['《办法》一', ['《办法》第1部分一', '《办法》第2部分一']]])
    expect(told('《办法》二')).toEqual({ ...nothing, ambiguous: [['《办法》二', ['第1部分二', '第2部分二']]] })
  })

  test('what a paper does not have is told, and what is of another paper is not looked for', () => {
    expect(told('《细则》三、第3部分一').dangling).toEqual(['《细则》三', '第3部分一'])
    expect(told('《条例》第二条、依照《条例》、国发〔2014〕25号')).toEqual({ ...nothing, elsewhere: ['《条例》第二条', '依照《条例》', '国发〔2014〕25号'] })
  })

  test('a statement may be of a clause, of a number that is left out, of a row and of a line', () => {
    expect(told('三', '  条款 "《细则》一" 程序 "总则"\n  条款 "附件1献血、《办法》第2部分二" 略 "另定"\n').covered).toEqual([
      [0, 1, '二', 'omitted'],
      [0, 1, '三', 'ruled'],
      [1, 0, '一', 'procedural'],
      [1, 0, '一(一)', 'procedural'],
      [1, 0, '一(二)', 'procedural'],
      [1, 0, '附件1献血', 'omitted'],
    ])
  })
})

describe('a clause that only introduces others', () => {
  const official = '一、加分指标。积分按下列标准计算：\n（一）年龄。\n（二）学历。\n二、计分标准（最高50分）\n（一）献血。'
  const statuses = (cites: string) =>
    Object.fromEntries(
      coverage(compile(`政策 试 {\n  事实 甲: 是否\n  指标 项 依据 "${cites}" { 当 甲   得1分 }\n  总分 = 项\n}\n`).parsed.tree, [paper(official)]).clauses.map(
        ({ name, status }) => [name, status],
      ),
    )

  test('counts by them, and one that says something of its own does not', () => {
    expect(statuses('一(一)、一(二)、二(一)')).toEqual({ 一: 'heading', '一(一)': 'ruled', '一(二)': 'ruled', 二: 'open', '二(一)': 'ruled' })
    expect(statuses('一、二')).toEqual({ 一: 'ruled', '一(一)': 'open', '一(二)': 'open', 二: 'ruled', '二(一)': 'open' })
  })
})
