// A run as text that runs elsewhere: nothing that somebody wrote becomes a part of it.

import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { emit, type Form } from '../../runtime/emit.ts'
import { inFolder } from '../cli/run.ts'
import { policyOf, runOf } from './support.ts'

/** What a name may hold that would end a comment or a text of what is generated. */
const enders = ['\u2028', '\u2029', '\u0085', '*/', "'", '"', '\\', '${', '</script>', '\u202e', '\u0000', '--', ';']

test.each(enders)('a name with %j ends nothing that is generated', (ender) =>
  inFolder(async (folder) => {
    const name = `柳塘${ender}globalThis.taken=true//`
    const policy = policyOf(`事实 「${name}」: 整数 个月 范围 0..600\n指标 「甲${name}」 最高20分 { 每1个月 「${name}」 得0.5分 }\n总分 = 「甲${name}」`)
    const run = runOf({ ...policy, name })
    const text = (form: Form): string => {
      const emitted = emit(run, form, 'zh')
      return emitted.ok ? emitted.text : expect.unreachable(emitted.problem.code)
    }
    const load = async (form: Form) => {
      await writeFile(`${folder}/${form}.mjs`, text(form))
      return import(/* @vite-ignore */ pathToFileURL(`${folder}/${form}.mjs`).href)
    }
    const { outputs, score } = (await load('reading')) as { outputs: string[]; score: (facts: object, out: number[]) => number[] }
    const total = outputs.indexOf('proven total:总分')
    expect(score({ [name]: '7' }, [])[total]).toBe(35)
    await load('person')
    await load('columns')
    expect('taken' in globalThis).toBe(false)
    const sql = text('query')
    const [, column = ''] = /-- {3}f_(\S+) BIGINT/.exec(sql) ?? []
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    await connection.run(`CREATE TABLE applicants AS SELECT 1 AS n, '甲' AS k, CAST(7 AS BIGINT) AS f_${column}, TRUE AS g_${column}`)
    expect(Object.values((await connection.runAndReadAll(sql)).getRowObjectsJson()[0] ?? {})).toContain('35')
  }),
)
