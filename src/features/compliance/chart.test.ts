import { describe, expect, test } from 'vitest'
import { chances } from '../../../tests/world/cuts.ts'
import { apart, type ChartFrame, layOut, niceHeights, stretchesOf } from './chart.ts'

const FRAME: ChartFrame = { width: 660, height: 300, left: 40, right: 120, top: 20, bottom: 24, dates: 5 }
const DAY = 86_400_000
const daily = (...values: (number | null)[]) =>
  values.flatMap((value, day) => (value === null ? [] : [{ at: day * DAY, values: [value, 0] }]))

test('without a snapshot there is no chart', () => {
  expect(layOut([], FRAME)).toBeNull()
})

test('one snapshot is a mark at the right end, with its number and its date', () => {
  const chart = layOut(daily(7), FRAME)

  expect(chart?.lines[0]).toMatchObject({ stretches: [], last: 7 })
  expect(chart?.lines[0]?.marks).toEqual([{ x: 540, y: expect.any(Number) }])
  expect(chart?.dates).toEqual([{ at: 0, x: 540 }])
  expect(chart?.gaps).toEqual([])
})

test('nothing but zeros lies on the ground, below a height that says one', () => {
  const chart = layOut(daily(0, 0, 0), FRAME)

  expect(chart?.heights.map(({ value }) => value)).toEqual([0, 1])
  expect(chart?.lines[0]?.stretches[0]?.map(({ y }) => y)).toEqual([276, 276, 276])
})

test('the oldest snapshot stands on the left, the newest on the right, the highest below the top', () => {
  const chart = layOut(daily(3, 9, 6), FRAME)

  expect(chart?.heights.map(({ value }) => value)).toEqual([0, 4, 8, 12])
  const [line] = chart?.lines[0]?.stretches ?? []
  expect(line?.map(({ x }) => x)).toEqual([40, 290, 540])
  expect(line?.map(({ y }) => y)).toEqual([212, 84, 148])
})

test('where no snapshot was taken for long, there is a gap and no line through it', () => {
  const chart = layOut(daily(5, 6, 5, null, null, null, null, 4, 4), FRAME)

  expect(chart?.lines[0]?.stretches.map(({ length }) => length)).toEqual([3, 2])
  expect(chart?.gaps).toEqual([{ x: 165, width: 312.5 }])
})

test('a day that is left out of daily snapshots is no gap', () => {
  expect(stretchesOf(daily(5, 6, null, 4, 4))).toHaveLength(1)
})

test('a snapshot between two gaps is marked', () => {
  const points = daily(1, 1, 1, 1, null, null, null, null, null, 9, null, null, null, null, null, 1, 1, 1, 1)
  const chart = layOut(points, { ...FRAME, dates: 2 })

  expect(chart?.gaps).toHaveLength(2)
  expect(chart?.lines[0]?.marks).toContainEqual({ x: 290, y: expect.any(Number) })
  expect(chart?.lines[0]?.marks).toHaveLength(3)
})

describe('for any numbers', () => {
  const chance = chances(11)
  const rounds = Array.from({ length: 200 }, () => {
    let at = 0
    return Array.from({ length: 1 + chance(90) }, () => {
      at += 1 + chance(5 * DAY)
      return { at, values: [chance(4000), chance(40), chance(3), 0] }
    })
  })

  test('every line stays inside, no stretch and no mark is lost, and time only goes on', () => {
    for (const points of rounds) {
      const chart = layOut(points, FRAME)
      if (!chart) throw new Error('There is no chart.')
      for (const [index, { marks, stretches }] of chart.lines.entries()) {
        const spots = stretches.flat()
        for (const { x, y } of [...spots, ...marks]) {
          expect(x).toBeGreaterThanOrEqual(40)
          expect(x).toBeLessThanOrEqual(540)
          expect(y).toBeGreaterThanOrEqual(20)
          expect(y).toBeLessThanOrEqual(276)
        }
        expect(spots.map(({ x }) => x)).toEqual(spots.map(({ x }) => x).toSorted((a, b) => a - b))
        expect(chart.lines[index]?.last).toBe(points.at(-1)?.values[index])
      }
      expect(stretchesOf(points).flat()).toEqual(points)
      expect(chart.gaps).toHaveLength(stretchesOf(points).length - 1)
    }
  })

  test('no two labels lie over each other', () => {
    for (const points of rounds) {
      const labels = (layOut(points, FRAME)?.lines ?? [])
        .map(({ labelY }) => labelY)
        .toSorted((a, b) => a - b)
      for (const [index, y] of labels.slice(1).entries())
        expect(y - (labels[index] ?? 0)).toBeGreaterThanOrEqual(14.9)
    }
  })
})

test.each([
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [10, [0, 4, 8, 12]],
  [115, [0, 40, 80, 120]],
  [1000, [0, 400, 800, 1200]],
])('heights for up to %i are round', (highest, expected) => {
  expect(niceHeights(highest)).toEqual(expected)
})

test('labels that have room stay where they belong', () => {
  expect(apart([200, 40, 120], 20, 276)).toEqual([200, 40, 120])
  expect(apart([270, 272, 275], 20, 276)).toEqual([246, 261, 276])
})
