import { describe, expect, test } from 'vitest'
import { LANGUAGES } from '../../kernel/index.ts'
import {
  CATALOG,
  definitionOf,
  isOperationCode,
  missingPermissions,
  OPERATION_CODES,
  type Surface,
  satisfies,
} from './index.ts'

const startedFrom = (surface: Surface) =>
  OPERATION_CODES.filter((code) => CATALOG[code].surfaces.includes(surface))

const FOUR_READS = [
  'directory.role_definitions.sync',
  'directory.groups.sync',
  'inventory.sync',
  'compliance.snapshot',
]

describe('the catalog', () => {
  test('an unknown code is never guessed into a neighbour', () => {
    for (const near of ['directory.groups', 'Directory.groups.sync', 'toString', '', 'inventory.sync ']) {
      expect(isOperationCode(near)).toBe(false)
    }
    expect(isOperationCode('inventory.sync')).toBe(true)
  })

  test('each surface starts what it is there for, and nothing else', () => {
    expect(startedFrom('tenant')).toEqual(OPERATION_CODES.filter((code) => code !== 'restore.execute'))
    expect(startedFrom('connection')).toEqual(['provider.connection.check', ...FOUR_READS])
    expect(startedFrom('onboarding')).toEqual(['provider.connection.check'])
    expect(startedFrom('bootstrap')).toEqual(FOUR_READS)
    expect(startedFrom('restore')).toEqual(['restore.execute'])
    expect(startedFrom('groups')).toEqual(['directory.groups.sync'])
    expect(startedFrom('role_definitions')).toEqual(['directory.role_definitions.sync'])
  })

  test('only the check starts without full readiness, and its connection is its identity', () => {
    const early = OPERATION_CODES.filter((code) => CATALOG[code].readiness === 'enabled_connection')
    const byConnection = OPERATION_CODES.filter((code) => CATALOG[code].identity === 'connection')

    expect(early).toEqual(['provider.connection.check'])
    expect(byConnection).toEqual(early)
  })

  test('what writes is only taken up again through its journal', () => {
    for (const code of OPERATION_CODES) {
      const { access, recovery } = CATALOG[code]
      expect(recovery.kind).toBe(access === 'writes' ? 'journal' : 'reclaim')
    }
  })

  test('every operation is named in every language, differently in each', () => {
    for (const code of OPERATION_CODES) {
      const { words } = definitionOf(code)
      for (const language of LANGUAGES) {
        for (const word of Object.values(words[language])) expect(word.trim()).not.toBe('')
      }
      expect(words.de.title).not.toBe(words.en.title)
    }
  })
})

describe('permissions', () => {
  const requirement = (code: (typeof OPERATION_CODES)[number]) => definitionOf(code).required

  test('a wider grant covers a narrower need', () => {
    expect(missingPermissions(requirement('directory.groups.sync'), ['Directory.Read.All'])).toEqual([])
    expect(
      missingPermissions(requirement('directory.role_definitions.sync'), ['Directory.Read.All']),
    ).toEqual([])
    expect(
      missingPermissions(requirement('inventory.sync'), ['DeviceManagementConfiguration.ReadWrite.All']),
    ).toEqual([])
  })

  test('a narrower grant never covers a wider need', () => {
    const granted = ['DeviceManagementConfiguration.Read.All']

    expect(missingPermissions(requirement('restore.execute'), granted)).toEqual([
      'DeviceManagementConfiguration.ReadWrite.All',
    ])
  })

  test('each missing permission is named once, in the order of the requirements', () => {
    expect(
      missingPermissions([...requirement('compliance.snapshot'), ...requirement('inventory.sync')], []),
    ).toEqual(['DeviceManagementConfiguration.Read.All', 'DeviceManagementManagedDevices.Read.All'])
  })

  test('a policy type has its own need', () => {
    const scripts = definitionOf('inventory.sync').perType.scripts

    expect(scripts && satisfies(scripts, ['DeviceManagementConfiguration.Read.All'])).toBe(false)
    expect(scripts && satisfies(scripts, ['DeviceManagementScripts.ReadWrite.All'])).toBe(true)
  })
})
