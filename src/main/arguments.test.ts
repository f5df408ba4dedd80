import { expect, test } from 'vitest'
import { readArguments } from './arguments.ts'

test.each([
  [[], 'start', true],
  [['start'], 'start', true],
  [['serve'], 'serve', true],
  [['serve', '--no-worker'], 'serve', false],
  [['work'], 'work', true],
  [['invariants'], 'invariants', true],
  [['keys', 'rotate'], 'keys rotate', true],
])('%j is the command %s', (words, command, worker) => {
  expect(readArguments(words)).toEqual({ kind: 'command', command, worker })
})

test.each([[['help']], [['--help']], [['-h']], [['serve', '--help']]])('%j asks for help', (words) => {
  expect(readArguments(words)).toEqual({ kind: 'help' })
})

test.each([
  [['serve', '--no-workers-typo'], 'The command serve has no option "--no-workers-typo".'],
  [['serve', '--no-worker=yes'], 'The command serve has no option "--no-worker=yes".'],
  [['serve', '-x'], 'The command serve has no option "-x".'],
  [['work', '--no-worker'], 'The command work has no option "--no-worker".'],
  [['--port=80'], 'The command start has no option "--port=80".'],
  [['srve'], 'There is no command "srve".'],
  [['keys'], 'There is no command "keys".'],
  [['keys', 'rotat'], 'There is no command "keys".'],
  [['keys', 'rotate', 'now'], 'The command keys rotate does not take "now".'],
  [['toString'], 'There is no command "toString".'],
  [['serve', 'now'], 'The command serve does not take "now".'],
])('%j is refused by name', (words, sentence) => {
  expect(readArguments(words)).toEqual({ kind: 'wrong', sentence })
})
