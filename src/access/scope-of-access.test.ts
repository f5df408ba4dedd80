import { expect, test } from 'vitest'
import type { Role } from './capabilities.ts'
import { isWithin, roleAt, type ScopeOfAccess } from './scope-of-access.ts'

const access = (
  role: Role,
  reach: 'all' | 'selected',
  tenants: Record<number, Role | null> = {},
): ScopeOfAccess => ({
  role,
  reach,
  tenants: new Map(Object.entries(tenants).map(([id, there]) => [Number(id), there])),
})

test('a role at a tenant replaces the one of the workspace, and reaches a tenant that is not reached otherwise', () => {
  const some = access('operator', 'selected', { 1: null, 2: 'manager' })
  expect([roleAt(some, 1), roleAt(some, 2), roleAt(some, 3)]).toEqual(['operator', 'manager', null])
  expect(roleAt(access('operator', 'all', { 2: 'readonly' }), 2)).toBe('readonly')
  expect(roleAt(access('operator', 'all', { 2: 'readonly' }), 3)).toBe('operator')
})

test.each<[string, ScopeOfAccess, ScopeOfAccess, boolean]>([
  ['the same', access('owner', 'all'), access('owner', 'all'), true],
  ['a lower role', access('manager', 'all'), access('owner', 'all'), true],
  ['a higher role', access('owner', 'selected'), access('manager', 'all'), false],
  ['a wider reach', access('readonly', 'all'), access('owner', 'selected', { 1: null }), false],
  [
    'another tenant',
    access('readonly', 'selected', { 2: null }),
    access('owner', 'selected', { 1: null }),
    false,
  ],
  [
    'one of the tenants',
    access('owner', 'selected', { 1: null }),
    access('owner', 'selected', { 1: null, 2: null }),
    true,
  ],
  ['a higher role at one tenant', access('readonly', 'all', { 1: 'owner' }), access('manager', 'all'), false],
  [
    'more than an exception leaves',
    access('operator', 'all'),
    access('owner', 'all', { 7: 'readonly' }),
    false,
  ],
  [
    'no more than an exception leaves',
    access('operator', 'all', { 7: 'readonly' }),
    access('owner', 'all', { 7: 'readonly' }),
    true,
  ],
])('%s', (_, inner, outer, within) => {
  expect(isWithin(inner, outer)).toBe(within)
})
