// Values in their written form, as JSON has them.

import { expect, test } from 'vitest'
import { parseByMarks, parseKeepingNumbers } from '../../runtime/written.ts'

test('numbers keep their source text on engines that do not tell it', () => {
  const texts = [
    '[{"甲":1.10,"乙":"2.0"},{"丙":-0.5e+3}]',
    '12345678901234567890',
    '["\\"1\\":2", "0", {"1":{"0":[0,true,null,"1"]}}]',
    '"\\\\"',
    '{"a" : "b:1"}',
  ]
  for (const text of texts) expect(parseByMarks(text)).toEqual(parseKeepingNumbers(text))
  for (const text of ['01', '[1,]', '1 2', '']) expect(() => parseByMarks(text)).toThrow(SyntaxError)
})
