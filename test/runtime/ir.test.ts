// The compiled form is plain JSON that its schema accepts, with the hash of its source; another version is refused.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { compile } from '../../language/compile.ts'
import { testCase } from '../../runtime/ir/cases.ts'
import { policy as schema } from '../../runtime/ir/schema.ts'
import { compileValid, validPolicies } from '../language/underline.ts'

const shipped = readFileSync(new URL('../../policies/zhejiang/common-2023.heng', import.meta.url), 'utf8')
const texts = [{ name: 'shipped', text: shipped }, ...validPolicies()]

test.each(texts)('the compiled form of $name survives JSON and is accepted by the schema', ({ text }) => {
  const { policy, cases } = compileValid(text)
  const again: unknown = JSON.parse(JSON.stringify(policy))
  expect(schema.parse(again)).toEqual(again)
  expect(again).toEqual(policy)
  for (const one of cases) expect(testCase.parse(JSON.parse(JSON.stringify(one)))).toEqual(one)
})

test('the source and its hash are recorded', () => {
  const { policy } = compile(shipped, 'policy.heng')
  expect(policy?.sources).toEqual([{ path: 'policy.heng', sha256: createHash('sha256').update(shipped).digest('hex') }])
})

test('another version, an unknown part or a number that is no decimal is refused', () => {
  const { policy } = compile(shipped)
  expect(schema.safeParse({ ...policy, version: 1 }).success).toBe(false)
  expect(schema.safeParse({ ...policy, more: 1 }).success).toBe(false)
  expect(schema.safeParse({ ...policy, totals: policy?.totals.map((total) => ({ ...total, low: '1e3' })) }).success).toBe(false)
})

test('further files of the official text stand beside the first, and change no rule', () => {
  const several = compile(shipped.replace('原文 "zhejiang-2023-38.txt"', '原文 "zhejiang-2023-38.txt"、"附件.txt"')).policy
  const one = compile(shipped).policy
  expect(one).not.toHaveProperty('moreTexts')
  expect([several?.text, several?.moreTexts, several?.version]).toEqual([one?.text, ['附件.txt'], one?.version])
  expect(several?.policyHash).toBe(one?.policyHash)
})
