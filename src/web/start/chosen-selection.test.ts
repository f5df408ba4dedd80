import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { POLICY_TYPES } from '../../engine/catalog/index.ts'
import { canonicalHash } from '../../kernel/index.ts'
import { chosenSelection } from './chosen-selection.ts'

const INVENTORY = 'inventory.sync'
const chosen = (types: unknown) =>
  chosenSelection(INVENTORY, { targetContext: { types: types as string[] } }, 'en')
const hashOf = (types: readonly string[]) => {
  const selection = chosen(types)
  if (!selection.ok) throw new Error('It was not taken.')
  return canonicalHash(selection.selection as never)
}
const someTypes = fc.subarray([...POLICY_TYPES], { minLength: 1 })
const space = fc.constantFrom('', ' ', '  ', '\t')

describe('the policy types that a start chooses', () => {
  test('are the same work in whatever order, spacing and repetition they are given', () => {
    fc.assert(
      fc.property(
        someTypes.chain((types) =>
          fc.tuple(
            fc.constant(types),
            fc.shuffledSubarray([...types, ...types], { minLength: types.length * 2 }),
            space,
            space,
          ),
        ),
        ([types, again, before, after]) => {
          expect(hashOf(again.map((type) => before + type + after))).toBe(hashOf(types))
        },
      ),
    )
  })

  test('are other work when they are others', () => {
    fc.assert(
      fc.property(someTypes, someTypes, (some, others) => {
        expect(hashOf(some) === hashOf(others)).toBe(some.join() === others.join())
      }),
    )
  })

  test('are all of them where nothing is said', () => {
    for (const fields of [{}, { targetContext: {} }, { targetContext: { other: 1 } }])
      expect(chosenSelection(INVENTORY, fields, 'en')).toEqual({
        ok: true,
        selection: { types: POLICY_TYPES },
      })
  })

  test.each([
    [[], '/targetContext/types'],
    ['scripts', '/targetContext/types'],
    [null, '/targetContext/types'],
    [{ 0: 'scripts' }, '/targetContext/types'],
    [['scripts', 'Scripts'], '/targetContext/types/1'],
    [['nonsense'], '/targetContext/types/0'],
    [[1], '/targetContext/types/0'],
    [[['scripts']], '/targetContext/types/0'],
  ])('given as %j is refused, naming %s', (types, pointer) => {
    expect(chosen(types)).toMatchObject({ ok: false, issues: [{ pointer }] })
  })
})
