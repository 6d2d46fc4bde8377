// The states of an outcome, as the field calls them: once for the language, in whose cases they are written, and for all that prints them.

export const stateNames = {
  valid: { zh: '符合条件', en: 'eligible' },
  undecided: { zh: '待定', en: 'undecided' },
  lapsed: { zh: '失效', en: 'lapsed' },
  cleared: { zh: '清零', en: 'cleared' },
  vetoed: { zh: '一票否决', en: 'vetoed' },
  barred: { zh: '禁止申请', en: 'barred' },
  not_applicable: { zh: '不符合申请条件', en: 'not eligible' },
  not_in_force: { zh: '未在施行期', en: 'not in force' },
} as const

export type State = keyof typeof stateNames

/** The rules of states: what each gives, to those of whom its condition is so or, for 对象 says who may apply, of whom it is not. */
export const stateRules = {
  applies: { state: 'not_applicable', where: false },
  veto: { state: 'vetoed', where: true },
  clear: { state: 'cleared', where: true },
  lapse: { state: 'lapsed', where: true },
  bar: { state: 'barred', where: true },
} as const satisfies Readonly<Record<string, { readonly state: State; readonly where: boolean }>>

export type StateKind = keyof typeof stateRules

export const stateKinds = Object.keys(stateRules) as readonly StateKind[]
