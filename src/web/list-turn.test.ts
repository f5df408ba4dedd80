import { expect, test } from 'vitest'
import { turnTo } from './list-turn.ts'

const LIST = [7, 3, 9, 1, 5]
const idOf = (id: number) => id
const at = (wanted: { after?: number; before?: number }, list = LIST) =>
  turnTo(list, idOf, { after: null, before: null, ...wanted }, 2)

test('the pages follow each other in the order of the list, and lead back the same way', () => {
  expect(at({})).toEqual({ items: [7, 3], before: null, after: 3, from: 1, of: 5 })
  expect(at({ after: 3 })).toEqual({ items: [9, 1], before: 9, after: 1, from: 3, of: 5 })
  expect(at({ after: 1 })).toEqual({ items: [5], before: 5, after: null, from: 5, of: 5 })
  expect(at({ before: 5 })).toEqual(at({ after: 3 }))
  expect(at({ before: 9 })).toEqual(at({}))
})

test('an entry that is gone leads to the beginning, and an empty list to nothing', () => {
  expect(at({ after: 42 })).toEqual(at({}))
  expect(at({ before: 42 })).toEqual(at({}))
  expect(at({}, [])).toEqual({ items: [], before: null, after: null, from: 0, of: 0 })
})

test('what is added before an entry shifts nothing behind it', () => {
  expect(at({ after: 3 }, [8, ...LIST]).items).toEqual([9, 1])
})
