import { expect, test } from 'vitest'
import { drawUnits, type Used } from './token-bucket.ts'

const drawAt = (ms: number, before?: Used, units = 1) =>
  drawUnits(before, { units, capacity: 10, windowSeconds: 10, now: new Date(ms) })

/** As many draws at once. */
function drawMany(times: number, ms: number): ReturnType<typeof drawUnits> {
  let drawn = drawAt(ms)
  for (let time = 1; time < times; time += 1) drawn = drawAt(ms, drawn.used)
  return drawn
}

test('a whole window’s units may be used at once, and one more is refused', () => {
  expect(drawMany(10, 0)).toMatchObject({ isRefused: false, share: 1 })
  expect(drawMany(11, 0)).toMatchObject({ isRefused: true, share: 1.1, waitSeconds: 2 })
})

test('units come back evenly, and whoever waits as told is let in', () => {
  const refused = drawMany(11, 0)

  expect(drawAt(1_999, refused.used).isRefused).toBe(true)
  expect(drawAt(2_000, refused.used).isRefused).toBe(false)
})

test('whoever does not wait is counted as well, but not without end', () => {
  expect(drawMany(500, 0)).toMatchObject({ share: 1.8, waitSeconds: 9 })
})

test('after a quiet window nothing is left of what was used, and nothing was saved up', () => {
  const before = drawMany(500, 0)

  expect(drawAt(60_000, before.used).share).toBe(0.1)
})

test('a request that costs more than there ever is waits for a full bucket, not for ever', () => {
  expect(drawAt(0, undefined, 50)).toMatchObject({ isRefused: false, share: 1 })
})
