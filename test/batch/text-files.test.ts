// What bytes are taken for: in pieces that cut characters and lines anywhere.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scanCsv } from '../../runtime/batch/scan.ts'
import { decodedChunks, detectEncoding } from '../../runtime/files/decode.ts'

let path = ''
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heng-test-'))
  path = join(folder, 'people.csv')
})
afterAll(() => rm(folder, { recursive: true }))

/** A file is read a mebibyte at a time. */
const piece = 1 << 20

describe('a file of more than one piece', () => {
  test.each([1, 2, 3, 4, 5])('is UTF-8 when a character begins %i bytes before the cut', async (before) => {
    for (const character of ['é', '乙', '𠮷']) {
      const text = `${'a'.repeat(piece - before)}${character.repeat(3)}${'b'.repeat(10)}`
      await writeFile(path, text)
      expect(await detectEncoding(path)).toBe('utf-8')
      const read: string[] = []
      for await (const chunk of decodedChunks(path, 'utf-8')) read.push(chunk)
      expect(read.join('')).toBe(text)
    }
  })

  test('is not UTF-8 when a character is broken at the cut or at the end', async () => {
    const whole = Buffer.from(`${'a'.repeat(piece - 1)}乙${'b'.repeat(10)}`)
    for (const broken of [Buffer.concat([whole.subarray(0, piece + 1), whole.subarray(piece + 2)]), Buffer.concat([whole, Buffer.from('乙').subarray(0, 2)])]) {
      await writeFile(path, broken)
      expect(await detectEncoding(path)).toBe('gb18030')
    }
  })

  test('is plain, or not, wherever the cut falls', async () => {
    for (let before = 0; before < 6; before += 1) {
      const start = `编号,事实\n${'a'.repeat(piece - Buffer.byteLength('编号,事实\n') - before)}`
      for (const [rest, plain] of [
        [',1\n"b,\n""",2\n', true],
        [',1\r\n"b",2\r\n', false],
        [',1\n\nb,2\n', false],
        [',1\n"b"c,2\n', false],
        [',\ufffd\n', false],
        [',\0\n', false],
        [',1\rb,2\n', false],
        [',"1\n', false],
      ] as const) {
        await writeFile(path, start + rest)
        expect([before, rest, (await scanCsv(path)) !== undefined]).toEqual([before, rest, plain])
      }
    }
  })
})
