// What a list of policies says of each is what the policy says, however broken the rest of its text is.

import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { headOf } from '../../language/service/head.ts'
import { validPolicies } from './underline.ts'

test('of every policy the head is that of its tree', () => {
  for (const { name, text } of validPolicies()) {
    const { members, name: own, casesOnly } = compile(text).parsed.tree
    const force = members.find((member) => member.kind === 'in-force')
    const paper = members.find((member) => member.kind === 'number')
    expect([name, headOf(text)]).toEqual([
      name,
      {
        name: casesOnly ? '' : own.text,
        number: paper?.kind === 'number' ? paper.text.text : undefined,
        from: force?.kind === 'in-force' ? force.from.value : undefined,
        to: force?.kind === 'in-force' ? force.to?.value : undefined,
      },
    ])
  }
})

test('what is broken behind the head does not matter, and what is no policy has none', () => {
  const head = { name: '甲', number: '1号', from: '2024-01-01', to: undefined }
  expect(headOf('政策 甲 { 文号 "1号" 施行 2024-01-01\n 指标 {{{ 得分 "')).toEqual(head)
  expect(headOf('policy 甲 { number "1号" in force 2024-01-01 }')).toEqual(head)
  const none = { name: '', number: undefined, from: undefined, to: undefined }
  for (const text of ['', '政策', '政策 {', '样例 "甲" {}', '\u0000\u0001']) expect(headOf(text)).toEqual(none)
})
