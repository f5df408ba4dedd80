import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asUserId, canonicalJson, type Json } from '../../kernel/index.ts'
import { OPERATION_CODES } from '../catalog/index.ts'
import { collapseKeyOf, identityOf, type Selection } from './identity.ts'

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>
const selection = fc.dictionary(fc.string(), json) as fc.Arbitrary<Selection>

/** The same value with the members of every object in another order. */
function shuffled(value: Json, flip: boolean): Json {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((item: Json) => shuffled(item, flip))
  const members = Object.entries(value as { [key: string]: Json })
  const turned = flip ? members.reverse() : members.sort(([a], [b]) => (a < b ? 1 : -1))
  return Object.fromEntries(turned.map(([key, item]) => [key, shuffled(item, flip)]))
}

/** What JSON keeps of a value: minus zero becomes zero. */
const asJson = (value: Json): Json => JSON.parse(JSON.stringify(value))

describe('the identity of a start', () => {
  test('is the same however the members of the selection are ordered', () => {
    fc.assert(
      fc.property(selection, fc.boolean(), (chosen, flip) => {
        const other = shuffled(chosen, flip) as Selection
        expect(identityOf('inventory.sync', 'a', other, null)).toBe(
          identityOf('inventory.sync', 'a', chosen, null),
        )
      }),
    )
  })

  test('differs as soon as operation, scope, selection or connection differ', () => {
    const start = fc.record({
      operation: fc.constantFrom(...OPERATION_CODES),
      scope: fc.string(),
      selection,
      connection: fc.option(fc.nat()),
    })
    fc.assert(
      fc.property(start, start, (one, other) => {
        const same = canonicalJson(one) === canonicalJson(other)
        const [a, b] = [one, other].map((s) => identityOf(s.operation, s.scope, s.selection, s.connection))
        expect(a === b).toBe(same)
      }),
    )
  })

  test.each<
    [string, Partial<{ operation: 'inventory.sync'; scope: string; selection: Selection; id: number }>]
  >([
    ['another operation', { operation: 'inventory.sync' }],
    ['another scope', { scope: 'microsoft:directory:b' }],
    ['another selection', { selection: { group: 'all_groups_v2' } }],
    ['a selection of the same length', { selection: { group: 'all_groups_v9' } }],
    ['a number for a text', { selection: { group: 1 } }],
    ['another connection', { id: 6 }],
  ])('%s is other work', (_name, change) => {
    const base = {
      operation: 'directory.groups.sync' as const,
      scope: 'microsoft:directory:a',
      selection: { group: 'all_groups_v1' },
      id: 5,
    }
    const other = { ...base, ...change }
    const key = (s: {
      operation: (typeof OPERATION_CODES)[number]
      scope: string
      selection: Selection
      id: number
    }) => identityOf(s.operation, s.scope, s.selection, s.id)

    expect(key(other)).not.toBe(key(base))
    expect(key(base)).toMatch(/^[0-9a-f]{64}$/)
  })

  test('the order inside a list means something', () => {
    expect(identityOf('inventory.sync', 'a', { types: ['x', 'y'] }, null)).not.toBe(
      identityOf('inventory.sync', 'a', { types: ['y', 'x'] }, null),
    )
  })
})

describe('canonical JSON', () => {
  test('says the same as JSON, in one way only', () => {
    fc.assert(
      fc.property(json, fc.boolean(), (value, flip) => {
        const text = canonicalJson(value)
        expect(JSON.parse(text)).toEqual(asJson(value))
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(canonicalJson(shuffled(value, flip))).toBe(text)
      }),
    )
  })

  test('two values have one text exactly when they mean the same', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        const same = canonicalJson(one) === canonicalJson(other)
        expect(same).toBe(canonicalJson(asJson(one)) === canonicalJson(asJson(other)))
        if (same) expect(asJson(one)).toEqual(asJson(other))
      }),
    )
  })

  test('an absent member leaves no trace, null does', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}')
    expect(canonicalJson({ a: null, b: 1 })).toBe('{"a":null,"b":1}')
  })
})

describe('which blocked attempts are one record', () => {
  const ada = { kind: 'user', userId: asUserId('ada'), name: 'Ada' } as const
  const grace = { ...ada, userId: asUserId('grace') }
  const missing = (...permissions: string[]) =>
    ({ code: 'provider_permission_missing', permissions, seenAt: '2026-03-01T00:00:00Z' }) as const
  const key = collapseKeyOf(ada, 'x', missing('A'))

  test('the same person, work and reason, whenever it was seen', () => {
    expect(collapseKeyOf(ada, 'x', { ...missing('A'), seenAt: '2026-03-02T00:00:00Z' })).toBe(key)
    expect(collapseKeyOf({ ...ada, kind: 'user', name: 'Ada L.' }, 'x', missing('A'))).toBe(key)
  })

  test.each([
    ['another person', collapseKeyOf(grace, 'x', missing('A'))],
    ['other work', collapseKeyOf(ada, 'y', missing('A'))],
    ['another reason', collapseKeyOf(ada, 'x', { code: 'provider_connection_missing' })],
    ['another missing permission', collapseKeyOf(ada, 'x', missing('B'))],
  ])('%s is another record', (_name, other) => {
    expect(other).not.toBe(key)
  })
})
