// The flat scheme as one expression, to be printed in the language of each engine; points as decimals, as their users would write
// them. Ages and months come reckoned, because not every engine knows the calendar.

import type { Input } from '../../../runtime/javascript/inputs.ts'
import { age, type Flat, fullMonths } from '../engines/hand.ts'

export type Expression =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'fact'; readonly name: keyof Person }
  | { readonly op: 'add' | 'min' | 'max'; readonly of: readonly Expression[] }
  | { readonly op: 'subtract' | 'multiply'; readonly of: readonly [Expression, Expression] }
  /** ⌊a ÷ n⌋ */
  | { readonly op: 'whole'; readonly of: Expression; readonly by: number }
  | { readonly op: 'if'; readonly cases: readonly (readonly [Test, Expression])[]; readonly otherwise: Expression }

/** A fact beside a number; several hold together. */
export type Test = readonly (readonly [name: keyof Person, is: '=' | '<' | '>=' | '<=', value: number])[]

/** Not known is -1, or 0 of what is counted. */
export interface Person {
  readonly age: number
  readonly education: number
  readonly pension: number
  readonly residence: number
  readonly registered: number
  readonly owner: number
  readonly degree: number
  readonly insured: number
  readonly health: number
  readonly fund: number
  readonly deputy: number
  readonly manager: number
  readonly scarce: number
  readonly talent: number
  readonly tax: number
  readonly patents: number
  readonly results: number
  readonly city: number
  readonly county: number
  readonly hours: number
  readonly blood: number
  readonly donated: number
  readonly brave: number
  readonly party: number
  readonly detained: number
  readonly fined: number
}

export function personOf(input: Input, day: number): Person {
  const p = input as unknown as Flat
  const truth = (value: boolean | undefined) => (value === true ? 1 : 0)
  return {
    age: p.出生日期 === undefined ? 999 : age(p.出生日期, day),
    education: p.学历 ?? -1,
    pension: p.养老保险月数 ?? 0,
    residence: p.累计居住月数 ?? 0,
    registered: p.居住登记日期 === undefined ? 0 : Math.max(0, fullMonths(p.居住登记日期, day)),
    owner: truth(p.自有住房),
    degree: p.桐乡学历 ?? -1,
    insured: p.桐乡养老保险月数 ?? 0,
    health: p.职工医保月数 ?? 0,
    fund: p.公积金缴存月数 ?? 0,
    deputy: truth(p.人大代表),
    manager: truth(p.企业中层),
    scarce: truth(p.紧缺职业),
    talent: p.人才码 ?? 0,
    tax: (p.纳税额 ?? 0) / 100,
    patents: p.发明专利数 ?? 0,
    results: p.其他科技成果数 ?? 0,
    city: p.市级表彰 ?? 0,
    county: p.县级表彰 ?? 0,
    hours: (p.志愿时长 ?? 0) / 10,
    blood: p.献血毫升 ?? 0,
    donated: (p.捐款额 ?? 0) / 100,
    brave: truth(p.见义勇为),
    party: truth(p.党员先锋作用),
    detained: p.行政拘留次数,
    fined: p.其他处罚次数,
  }
}

const number = (value: number): Expression => ({ op: 'number', value })
const fact = (name: keyof Person): Expression => ({ op: 'fact', name })
const add = (...of: readonly Expression[]): Expression => ({ op: 'add', of })
const atMost = (most: number, of: Expression): Expression => ({ op: 'min', of: [number(most), of] })
const times = (a: Expression, points: number): Expression => ({ op: 'multiply', of: [a, number(points)] })
const each = (name: keyof Person, points: number): Expression => times(fact(name), points)
const eachWhole = (name: keyof Person, by: number, points: number): Expression => {
  const whole: Expression = { op: 'whole', of: fact(name), by }
  return points === 1 ? whole : times(whole, points)
}
const cases = (...rows: readonly (readonly [Test, Expression])[]): Expression => ({ op: 'if', cases: rows, otherwise: number(0) })
const is = (name: keyof Person, value: number, points: number): readonly [Test, Expression] => [[[name, '=', value]], number(points)]

const common = atMost(
  90,
  add(
    cases(
      [
        [
          ['age', '>=', 55],
          ['age', '<=', 60],
        ],
        number(5),
      ],
      [[['age', '<', 55]], atMost(20, add(number(5), { op: 'subtract', of: [number(55), fact('age')] }))],
    ),
    cases(is('education', 2, 10), is('education', 1, 8), is('education', 0, 5)),
    atMost(30, each('pension', 0.5)),
    atMost(30, each('residence', 0.25)),
  ),
)

const own = atMost(
  200,
  add(
    cases(is('degree', 4, 30), is('degree', 3, 25), is('degree', 2, 20), is('degree', 1, 10)),
    atMost(20, add(cases(is('owner', 1, 10)), atMost(10, eachWhole('registered', 12, 1)))),
    atMost(30, eachWhole('insured', 12, 2)),
    atMost(12, each('fund', 0.1)),
    atMost(10, eachWhole('health', 12, 1)),
    cases(is('deputy', 1, 20), is('manager', 1, 12), is('scarce', 1, 10)),
    cases(is('talent', 1, 20), is('talent', 2, 10)),
    atMost(20, eachWhole('tax', 1000, 1)),
    atMost(30, add(each('patents', 15), each('results', 5))),
    atMost(30, add(each('city', 20), each('county', 10), cases(is('brave', 1, 20)))),
    atMost(20, add(atMost(4, each('hours', 0.1)), eachWhole('blood', 200, 2), atMost(10, eachWhole('donated', 1000, 1)))),
    cases(is('party', 1, 5)),
  ),
)

export const total: Expression = {
  op: 'max',
  of: [number(0), { op: 'subtract', of: [add(common, own), add(each('detained', 20), each('fined', 5))] }],
}
