// Generated modules in a browser: a same-origin worker whose own response forbids everything but its own scripts and blobs
// imports them, one applicant and columns, and gives what they give here.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { readFacts } from '../../runtime/facts.ts'
import { columnsModule } from '../../runtime/javascript/columns.ts'
import { columnsOf, inputOf } from '../../runtime/javascript/inputs.ts'
import { personModule } from '../../runtime/javascript/person.ts'
import { outputsOf } from '../../runtime/plan/outputs.ts'
import { connect, noBrowser } from '../editor/browser.ts'
import { planned } from './engines.ts'
import { policyOf, reviewDay } from './support.ts'

const worker = `
const load = (text) => import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))
const refused = (work) => { try { work(); return false } catch (error) { return error instanceof EvalError } }
onmessage = async ({ data: { person, columns, people, facts } }) => {
  const [one, many] = [await load(person), await load(columns)]
  const out = many.outputs.map(() => new Int32Array(people.length))
  many.score(people.length, facts, out)
  const fetched = await fetch('/page').then(() => 'fetched', () => 'refused')
  postMessage({ people: people.map((applicant) => one.score(applicant, [])), columns: out.map((values) => [...values]), evaluated: !refused(() => eval('1')), fetched })
}`

const responses: Readonly<Record<string, readonly [type: string, text: string, policy: string]>> = {
  '/page': ['text/html', '<!doctype html><title>worker</title>', "default-src 'none'; worker-src 'self'"],
  '/worker.js': ['text/javascript', worker, "default-src 'none'; script-src 'self' blob:"],
}

test.skipIf(noBrowser)('run in a worker that allows no eval', async () => {
  const policy = policyOf(`
    事实 月数: 整数 个月   范围 0..600
    事实 献血: 记录 { 日期: 日期；毫升: 整数 毫升   范围 0..1000 }
    指标 甲 最高20分 { 每1个月 月数 得0.5分 }
    指标 乙 { 每满200毫升 合计(献血 近2年(审核日), 毫升) 得1分 }
    总分 = 甲 + 乙`)
  const plan = planned(policy, reviewDay, {})
  const outputs = outputsOf(plan, 'full')
  const written = Array.from({ length: 40 }, (_, i) => ({
    编号: String(i),
    月数: i % 5 === 0 ? '' : String(i * 3),
    献血: JSON.stringify(Array.from({ length: i % 4 }, (_, j) => ({ 日期: `202${(i + j) % 5}-03-01`, 毫升: String(200 * j) }))),
  }))
  const people = written.map((person) => inputOf(policy, readFacts(policy, person).facts))
  const message = { person: personModule(plan, outputs), columns: columnsModule(plan, outputs), people, facts: columnsOf(policy, people) }

  const server = createServer((request, response) => {
    const [type, text, policyOfContent] = responses[request.url ?? ''] ?? ['text/plain', '', "default-src 'none'"]
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policyOfContent }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await connect()
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/page`)
    const answer = await page.evaluate(
      (sent) =>
        new Promise((resolve, reject) => {
          const started = new Worker('/worker.js', { type: 'module' })
          started.onmessage = ({ data }) => resolve(data)
          started.onerror = (event) => reject(new Error(event.message))
          started.postMessage(sent)
        }),
      message,
    )
    const load = (text: string) => import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`)
    const [one, many] = [await load(message.person), await load(message.columns)]
    const out = outputs.map(() => new Int32Array(people.length))
    many.score(people.length, message.facts, out)
    expect(answer).toEqual({
      people: people.map((applicant) => one.score(applicant, [])),
      columns: out.map((values) => [...values]),
      evaluated: false,
      fetched: 'refused',
    })
    expect(new Set(out[outputs.findIndex(({ name }) => name === 'proven total:总分')]).size).toBeGreaterThan(5)
  } finally {
    await browser.close()
    await new Promise((resolve) => server.close(resolve))
  }
})
