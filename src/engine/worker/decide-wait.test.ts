import { expect, test } from 'vitest'
import { decideWait, type WaitFacts } from './decide-wait.ts'

const window = (seconds: number | null) => ({ kind: 'throttle_window', seconds }) as const
const answer = { kind: 'answer' } as const
const facts: WaitFacts = {
  waitsFor: window(30),
  waits: 0,
  heldUpSeconds: 0,
  patienceSeconds: 3600,
  chance: 0,
}
const wait = (seconds: number) => ({ kind: 'wait', seconds }) as const

test.each<[string, Partial<WaitFacts>, ReturnType<typeof decideWait>]>([
  ['the pause Microsoft asks for is kept', {}, wait(30)],
  ['a little is waited on top', { chance: 1 }, wait(33)],
  ['but never much', { waitsFor: window(600), chance: 1 }, wait(615)],
  ['a pause that was asked for does not grow', { waits: 9 }, wait(30)],
  ['a fraction of a second is a pause, too', { waitsFor: window(0.249) }, wait(0.249)],
  ['one of no length is believed once', { waitsFor: window(0) }, wait(0)],
  ['and grows when nothing came of it', { waitsFor: window(0), waits: 3 }, wait(4)],
  ['up to a quarter of a minute', { waitsFor: window(0.5), waits: 40, chance: 1 }, wait(16)],
  ['without a time named, at least half of ten seconds', { waitsFor: window(null) }, wait(5)],
  ['such pauses double', { waitsFor: window(null), waits: 3, chance: 1 }, wait(80)],
  ['and end growing at five minutes', { waitsFor: window(null), waits: 40, chance: 1 }, wait(300)],
  ['silence is first met with five seconds', { waitsFor: answer, chance: 1 }, wait(5)],
  ['longer silence with more', { waitsFor: answer, waits: 2, chance: 0.5 }, wait(15)],
  ['a pause that would outlast patience is not begun', { waitsFor: window(3601) }, { kind: 'give_up' }],
  ['patience counts from where the run got no further', { heldUpSeconds: 3571 }, { kind: 'give_up' }],
  ['and lasts to its end', { heldUpSeconds: 3570 }, wait(30)],
])('%s', (_, changes, verdict) => {
  expect(decideWait({ ...facts, ...changes })).toEqual(verdict)
})
