import { expect, test } from 'vitest'
import type { Role, ScopeOfAccess } from '../../access/index.ts'
import { type ChangeFacts, decideChange } from './decide-change.ts'

const scope = (
  role: Role,
  reach: 'all' | 'selected' = 'all',
  tenants: [number, Role | null][] = [],
): ScopeOfAccess => ({
  role,
  reach,
  tenants: new Map(tenants),
})

const facts = (change: Partial<ChangeFacts>): ChangeFacts => ({
  own: scope('owner'),
  isOneself: false,
  before: scope('operator'),
  after: scope('readonly'),
  hasAnotherOwner: true,
  ...change,
})

const said = (change: Partial<ChangeFacts>) => {
  const verdict = decideChange(facts(change))
  if (verdict.kind === 'refused') return verdict.objection
  if (verdict.kind === 'granted' && verdict.makesOwner) return 'makes an owner'
  return verdict.kind === 'granted' && verdict.takesAway ? 'takes away' : verdict.kind
}

test.each<[string, Partial<ChangeFacts>, string]>([
  ['a lower role', {}, 'takes away'],
  ['a higher role', { after: scope('manager') }, 'granted'],
  ['the role of an owner', { after: scope('owner') }, 'makes an owner'],
  ['more tenants for an owner', { before: scope('owner', 'selected'), after: scope('owner') }, 'granted'],
  ['the same', { after: scope('operator') }, 'unchanged'],
  [
    'the same role at one tenant said outright',
    { after: scope('operator', 'all', [[1, 'operator']]) },
    'unchanged',
  ],
  ['fewer tenants', { after: scope('operator', 'selected', [[1, null]]) }, 'takes away'],
  [
    'more in the workspace, less at one tenant',
    { after: scope('manager', 'all', [[1, 'readonly']]) },
    'takes away',
  ],
  ['a removal', { after: null }, 'takes away'],
  ['oneself', { isOneself: true, before: scope('owner'), after: scope('manager') }, 'oneself'],
  ['removing oneself', { isOneself: true, before: scope('owner'), after: null }, 'oneself'],
  [
    'the last owner, by themselves',
    { isOneself: true, before: scope('owner'), hasAnotherOwner: false },
    'last_owner',
  ],
  [
    'the last owner’s reach',
    { before: scope('owner'), after: scope('owner', 'selected'), hasAnotherOwner: false },
    'last_owner',
  ],
  [
    'the last owner, who stays one',
    { before: scope('owner'), after: scope('owner'), hasAnotherOwner: false },
    'unchanged',
  ],
  [
    'an owner of selected tenants, beside no other',
    { before: scope('owner', 'selected'), after: null, hasAnotherOwner: false },
    'takes away',
  ],
  [
    'somebody who reaches more',
    { own: scope('owner', 'selected', [[1, null]]), after: null },
    'beyond_yourself',
  ],
  [
    'a tenant that one does not reach oneself',
    {
      own: scope('owner', 'selected', [[1, null]]),
      before: scope('operator', 'selected', [[1, null]]),
      after: scope('operator', 'selected', [
        [1, null],
        [2, null],
      ]),
    },
    'raises_above_yourself',
  ],
  [
    'all tenants by somebody who does not reach all',
    { own: scope('owner', 'selected'), before: scope('operator', 'selected'), after: scope('operator') },
    'raises_above_yourself',
  ],
])('%s', (_, change, expected) => {
  expect(said(change)).toBe(expected)
})
