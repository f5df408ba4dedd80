import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseAnswer } from './answer.ts'

const parsed = (text: string) => {
  const answer = parseAnswer({ kind: 'answered', status: 200, headers: new Headers(), text }, z.json())
  return answer.ok ? answer.value : answer.failure.kind
}

test.each([
  ['a character that was cut in the middle', '"cut \\ud83d"', 'cut \ufffd'],
  ['its other half', '"\\uDE00 cut"', '\ufffd cut'],
  ['two first halves in a row', '"\\ud83d\\ud83d\\ude00"', '\ufffd\u{1f600}'],
  ['a character that no text may hold', '"a\\u0000b"', 'a\ufffdb'],
  ['one in a name of a field', '{"a\\u0000":"\\u0000"}', { 'a\ufffd': '\ufffd' }],
  ['a whole character in two halves', '"\\ud83d\\ude00\\u0000"', '\u{1f600}\ufffd'],
  ['a text that only speaks of one', '"\\\\u0000 \\\\ud83d"', '\\u0000 \\ud83d'],
  ['a text that speaks of one beside a real one', '"\\\\u0000\\u0000"', '\\u0000\ufffd'],
])('%s is read as something that can be kept', (_, text, value) => {
  expect(parsed(text)).toEqual(value)
})

test('what is no JSON stays unreadable', () => {
  expect(parsed('{"a": "\\ud83"}')).toBe('unreachable')
})
