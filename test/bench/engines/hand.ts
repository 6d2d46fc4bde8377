// The flat scheme written by hand, as a careful programmer would: scaled integers, no objects made, unknown facts give nothing.
// Points are in hundredths. The same in C++ stands in hand.cpp.

export const handNames = [
  '共性',
  '岁',
  '文化',
  '社保',
  '居住',
  '个性',
  '文化程度',
  '居住情况',
  '参保情况',
  '公积金',
  '医疗',
  '就业',
  '人才',
  '纳税',
  '科技',
  '表彰',
  '公益',
  '党员',
  '处罚',
  '总分',
]

export interface Flat {
  readonly 出生日期?: number
  readonly 学历?: number
  readonly 养老保险月数?: number
  readonly 累计居住月数?: number
  readonly 居住登记日期?: number
  readonly 自有住房?: boolean
  readonly 桐乡学历?: number
  readonly 桐乡养老保险月数?: number
  readonly 职工医保月数?: number
  readonly 公积金缴存月数?: number
  readonly 人大代表?: boolean
  readonly 企业中层?: boolean
  readonly 紧缺职业?: boolean
  readonly 人才码?: number
  readonly 纳税额?: number
  readonly 发明专利数?: number
  readonly 其他科技成果数?: number
  readonly 市级表彰?: number
  readonly 县级表彰?: number
  readonly 志愿时长?: number
  readonly 献血毫升?: number
  readonly 捐款额?: number
  readonly 见义勇为?: boolean
  readonly 党员先锋作用?: boolean
  readonly 行政拘留次数: number
  readonly 其他处罚次数: number
}

const monthLength = (year: number, month: number): number =>
  month === 2 ? ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31

/** Full years from a birth to a day; 29 February counts as the 28th where there is none. */
export function age(born: number, on: number): number {
  const years = ((on / 10000) | 0) - ((born / 10000) | 0)
  let birthday = born % 10000
  if (birthday === 229 && monthLength((on / 10000) | 0, 2) === 28) birthday = 228
  return birthday > on % 10000 ? years - 1 : years
}

export function fullMonths(from: number, to: number): number {
  const months = (((to / 10000) | 0) - ((from / 10000) | 0)) * 12 + (((to / 100) | 0) % 100) - (((from / 100) | 0) % 100)
  const [first, last] = [from % 100, to % 100]
  return first > last && last < monthLength((to / 10000) | 0, ((to / 100) | 0) % 100) ? months - 1 : months
}

const min = (a: number, b: number): number => (a < b ? a : b)
const max = (a: number, b: number): number => (a > b ? a : b)

/** Fills `out` in the order of `handNames`. */
export function scoreByHand(p: Flat, on: number, out: Float64Array): void {
  let years = 0
  if (p.出生日期 !== undefined) {
    const own = age(p.出生日期, on)
    years = own >= 55 && own <= 60 ? 500 : own < 55 ? min(2000, 500 + (55 - own) * 100) : 0
  }
  const education = p.学历 === undefined ? 0 : p.学历 === 2 ? 1000 : p.学历 === 1 ? 800 : 500
  const pension = min(3000, (p.养老保险月数 ?? 0) * 50)
  const residence = min(3000, (p.累计居住月数 ?? 0) * 25)
  const common = min(9000, years + education + pension + residence)
  const level = p.桐乡学历 ?? 0
  const degree = level === 4 ? 3000 : level === 3 ? 2500 : level === 2 ? 2000 : level === 1 ? 1000 : 0
  const since = p.居住登记日期 === undefined ? 0 : min(1000, ((max(0, fullMonths(p.居住登记日期, on)) / 12) | 0) * 100)
  const home = min(2000, (p.自有住房 === true ? 1000 : 0) + since)
  const insured = min(3000, (((p.桐乡养老保险月数 ?? 0) / 12) | 0) * 200)
  const fund = min(1200, (p.公积金缴存月数 ?? 0) * 10)
  const health = min(1000, (((p.职工医保月数 ?? 0) / 12) | 0) * 100)
  const office = p.人大代表 === true ? 2000 : p.企业中层 === true ? 1200 : p.紧缺职业 === true ? 1000 : 0
  const talent = p.人才码 === 1 ? 2000 : p.人才码 === 2 ? 1000 : 0
  const tax = min(2000, Math.floor((p.纳税额 ?? 0) / 100000) * 100)
  const science = min(3000, (p.发明专利数 ?? 0) * 1500 + (p.其他科技成果数 ?? 0) * 500)
  const honours = min(3000, (p.市级表彰 ?? 0) * 2000 + (p.县级表彰 ?? 0) * 1000 + (p.见义勇为 === true ? 2000 : 0))
  // An hour has one decimal, so that ten hours are a hundred units and a unit is one hundredth of a point.
  const charity = min(2000, min(400, p.志愿时长 ?? 0) + (((p.献血毫升 ?? 0) / 200) | 0) * 200 + min(1000, Math.floor((p.捐款额 ?? 0) / 100000) * 100))
  const party = p.党员先锋作用 === true ? 500 : 0
  const own = min(20000, degree + home + insured + fund + health + office + talent + tax + science + honours + charity + party)
  const penalty = p.行政拘留次数 * 2000 + p.其他处罚次数 * 500
  out[0] = common
  out[1] = years
  out[2] = education
  out[3] = pension
  out[4] = residence
  out[5] = own
  out[6] = degree
  out[7] = home
  out[8] = insured
  out[9] = fund
  out[10] = health
  out[11] = office
  out[12] = talent
  out[13] = tax
  out[14] = science
  out[15] = honours
  out[16] = charity
  out[17] = party
  out[18] = penalty
  out[19] = max(0, common + own - penalty)
}

type Numbers = Readonly<Record<string, ArrayLike<number>>>

/** The same loop over columns; `given` says with 1 which values are known. Fills one array of `out` for each name. */
export function columnsByHand(count: number, v: Numbers, given: Numbers, on: number, out: readonly Int32Array[]): void {
  const column = (name: string) => v[name] as ArrayLike<number>
  const known = (name: string) => given[name] as ArrayLike<number>
  const [born, bornK, edu, eduK, pens, pensK, res, resK] = [
    column('出生日期'),
    known('出生日期'),
    column('学历'),
    known('学历'),
    column('养老保险月数'),
    known('养老保险月数'),
    column('累计居住月数'),
    known('累计居住月数'),
  ]
  const [reg, regK, own, ownK, lev, levK, ins, insK] = [
    column('居住登记日期'),
    known('居住登记日期'),
    column('自有住房'),
    known('自有住房'),
    column('桐乡学历'),
    known('桐乡学历'),
    column('桐乡养老保险月数'),
    known('桐乡养老保险月数'),
  ]
  const [hea, heaK, fun, funK, dep, depK, mid, midK] = [
    column('职工医保月数'),
    known('职工医保月数'),
    column('公积金缴存月数'),
    known('公积金缴存月数'),
    column('人大代表'),
    known('人大代表'),
    column('企业中层'),
    known('企业中层'),
  ]
  const [sca, scaK, tal, talK, taxes, taxesK, inv, invK] = [
    column('紧缺职业'),
    known('紧缺职业'),
    column('人才码'),
    known('人才码'),
    column('纳税额'),
    known('纳税额'),
    column('发明专利数'),
    known('发明专利数'),
  ]
  const [oth, othK, city, cityK, county, countyK, vol, volK] = [
    column('其他科技成果数'),
    known('其他科技成果数'),
    column('市级表彰'),
    known('市级表彰'),
    column('县级表彰'),
    known('县级表彰'),
    column('志愿时长'),
    known('志愿时长'),
  ]
  const [blo, bloK, don, donK, bra, braK, par, parK] = [
    column('献血毫升'),
    known('献血毫升'),
    column('捐款额'),
    known('捐款额'),
    column('见义勇为'),
    known('见义勇为'),
    column('党员先锋作用'),
    known('党员先锋作用'),
  ]
  const [det, pen] = [column('行政拘留次数'), column('其他处罚次数')]
  const [o0, o1, o2, o3, o4, o5, o6, o7, o8, o9, o10, o11, o12, o13, o14, o15, o16, o17, o18, o19] = out as unknown as readonly [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ]
  for (let i = 0; i < count; i += 1) {
    let years = 0
    if (bornK[i] === 1) {
      const own = age(born[i] as number, on)
      years = own >= 55 && own <= 60 ? 500 : own < 55 ? min(2000, 500 + (55 - own) * 100) : 0
    }
    const at = (values: ArrayLike<number>, here: ArrayLike<number>) => (here[i] === 1 ? (values[i] as number) : 0)
    const education = eduK[i] === 1 ? (edu[i] === 2 ? 1000 : edu[i] === 1 ? 800 : 500) : 0
    const pension = min(3000, at(pens, pensK) * 50)
    const residence = min(3000, at(res, resK) * 25)
    const common = min(9000, years + education + pension + residence)
    const level = at(lev, levK)
    const degree = level === 4 ? 3000 : level === 3 ? 2500 : level === 2 ? 2000 : level === 1 ? 1000 : 0
    const since = regK[i] === 1 ? min(1000, ((max(0, fullMonths(reg[i] as number, on)) / 12) | 0) * 100) : 0
    const home = min(2000, at(own, ownK) * 1000 + since)
    const insured = min(3000, ((at(ins, insK) / 12) | 0) * 200)
    const fund = min(1200, at(fun, funK) * 10)
    const health = min(1000, ((at(hea, heaK) / 12) | 0) * 100)
    const office = at(dep, depK) === 1 ? 2000 : at(mid, midK) === 1 ? 1200 : at(sca, scaK) === 1 ? 1000 : 0
    const code = at(tal, talK)
    const talent = code === 1 ? 2000 : code === 2 ? 1000 : 0
    const tax = min(2000, ((at(taxes, taxesK) / 100000) | 0) * 100)
    const science = min(3000, at(inv, invK) * 1500 + at(oth, othK) * 500)
    const honours = min(3000, at(city, cityK) * 2000 + at(county, countyK) * 1000 + at(bra, braK) * 2000)
    const charity = min(2000, min(400, at(vol, volK)) + ((at(blo, bloK) / 200) | 0) * 200 + min(1000, ((at(don, donK) / 100000) | 0) * 100))
    const party = at(par, parK) * 500
    const all = min(20000, degree + home + insured + fund + health + office + talent + tax + science + honours + charity + party)
    const penalty = (det[i] as number) * 2000 + (pen[i] as number) * 500
    o0[i] = common
    o1[i] = years
    o2[i] = education
    o3[i] = pension
    o4[i] = residence
    o5[i] = all
    o6[i] = degree
    o7[i] = home
    o8[i] = insured
    o9[i] = fund
    o10[i] = health
    o11[i] = office
    o12[i] = talent
    o13[i] = tax
    o14[i] = science
    o15[i] = honours
    o16[i] = charity
    o17[i] = party
    o18[i] = penalty
    o19[i] = max(0, common + all - penalty)
  }
}
