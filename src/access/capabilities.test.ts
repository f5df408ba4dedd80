import { describe, expect, test } from 'vitest'
import { CAPABILITIES, ROLES, roleMay, rolesWith } from './index.ts'

describe('roles', () => {
  test('each may do everything that the one below it may', () => {
    for (const [place, role] of ROLES.entries()) {
      const below = ROLES[place - 1]
      if (!below) continue
      expect(
        CAPABILITIES.filter((capability) => roleMay(below, capability) && !roleMay(role, capability)),
      ).toEqual([])
    }
  })

  test('an owner may do everything, a reader only look', () => {
    expect(CAPABILITIES.every((capability) => roleMay('owner', capability))).toBe(true)
    expect(
      CAPABILITIES.filter((capability) => roleMay('readonly', capability)).every((c) => c.endsWith('.view')),
    ).toBe(true)
  })

  test.each([
    ['tenant.operations.view', 'readonly'],
    ['tenant.directory.sync', 'operator'],
    ['tenant.operations.cancel', 'operator'],
    ['tenant.restore.execute', 'manager'],
    ['workspace.audit.view', 'manager'],
    ['workspace.members.manage', 'owner'],
    ['tenant.credentials.rotate', 'owner'],
    ['tenant.operations.force_release', 'owner'],
  ] as const)('%s begins with %s', (capability, role) => {
    expect(rolesWith(capability)[0]).toBe(role)
  })
})
