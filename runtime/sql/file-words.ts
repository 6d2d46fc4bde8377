// The words of score and rank files, in both languages: their columns, and what stands in their cells beside what author and applicant wrote.

import { keyColumn, keyColumnEnglish } from '../ir/names.ts'
import type { Scenario } from '../ir/schema.ts'
import type { Language } from '../problems.ts'

interface FileWords {
  readonly key: string
  readonly state: string
  readonly total: string
  readonly awaiting: string
  /** After the name of a figure. */
  readonly lowest: string
  readonly highest: string
  readonly unsourced: string
  readonly trial: string
  readonly isTrial: string
  readonly list: string
  readonly place: string
  readonly rankKey: string
  readonly decidedBy: string
  readonly result: string
  readonly round: string
  readonly remark: string
  readonly yes: string
  readonly no: string
  /** Between names, and between remarks. */
  readonly and: string
  readonly next: string
  /** Between the figures of one place. */
  readonly comma: string
  readonly notMet: (condition: string) => string
  /** Why somebody takes no part though the state alone would let them. */
  readonly otherMember: string
  readonly cannotPay: string
  readonly householdOpen: string
  readonly notGiven: (fact: string | undefined) => string
  /** What decides among equals by all keys. */
  readonly decidedLast: Readonly<Record<Scenario['equals'], string>>
  /** Before the key of the other member; after it the state of that one, in brackets. */
  readonly household: string
  readonly bracket: readonly [string, string]
  readonly alone: string
  readonly noHousehold: string
  /** Before the last day of a bar. */
  readonly until: string
  readonly equalsAtLast: string
  /** What is said of those who got one of the last places, and of those who did not. */
  readonly atLast: Readonly<Record<Scenario['cutoff'], { readonly taken: string; readonly left: string }>>
  readonly equalsInSecond: string
  readonly keysOpen: readonly [string, string]
}

export const fileWords: Readonly<Record<Language, FileWords>> = {
  zh: {
    key: keyColumn,
    state: '状态',
    total: '总分',
    awaiting: '待核实',
    lowest: '最低可能',
    highest: '最高可能',
    unsourced: '内容待核',
    trial: '试算',
    isTrial: '试算，不作为结果',
    list: '名单',
    place: '名次',
    rankKey: '排序',
    decidedBy: '区分项',
    result: '结果',
    round: '轮次',
    remark: '说明',
    yes: '是',
    no: '否',
    and: '、',
    next: '；',
    comma: '，',
    notMet: (condition) => `不符合“${condition}”`,
    otherMember: '由配偶（同户另一方）参加排名',
    cannotPay: '可兑换的分值不足',
    householdOpen: '同户另一方待定，这一户暂不排名',
    notGiven: (fact) => `未填${fact}，不能参加排名`,
    decidedLast: { share: '各项相同', lot: '抽签' },
    household: '同户 ',
    bracket: ['（', '）'],
    alone: '，单独参加',
    noHousehold: '无同户申请人',
    until: '至 ',
    equalsAtLast: '末位同分，',
    atLast: { all: { taken: '全取', left: '' }, none: { taken: '', left: '不取' }, lot: { taken: '抽签抽中', left: '抽签未抽中' } },
    equalsInSecond: '次轮末位同分，未取',
    keysOpen: ['排序依据不详（', '），列于已知者之后'],
  },
  en: {
    key: keyColumnEnglish,
    state: 'state',
    total: 'total',
    awaiting: 'awaiting proof',
    lowest: ' lowest',
    highest: ' highest',
    unsourced: 'unsourced',
    trial: 'trial',
    isTrial: 'a trial, not a result',
    list: 'list',
    place: 'place',
    rankKey: 'key ',
    decidedBy: 'decided by',
    result: 'result',
    round: 'round',
    remark: 'remark',
    yes: 'yes',
    no: 'no',
    and: ', ',
    next: '; ',
    comma: ', ',
    notMet: (condition) => `not met: “${condition}”`,
    otherMember: 'the other member of the household takes part',
    cannotPay: 'too few points to pay with',
    householdOpen: 'the other member of the household is undecided: it is not ranked yet',
    notGiven: (fact) => `${fact} is not given: takes no part in the ranking`,
    decidedLast: { share: 'equal in all', lot: 'lot' },
    household: 'household with ',
    bracket: [' (', ')'],
    alone: ', takes part alone',
    noHousehold: 'no other applicant of the household',
    until: 'until ',
    equalsAtLast: 'equal at the last place: ',
    atLast: { all: { taken: 'all taken', left: '' }, none: { taken: '', left: 'none taken' }, lot: { taken: 'drawn by lot', left: 'not drawn by lot' } },
    equalsInSecond: 'equal at the last place of the second round: not taken',
    keysOpen: ['not known: ', '; comes after those of whom it is'],
  },
}
