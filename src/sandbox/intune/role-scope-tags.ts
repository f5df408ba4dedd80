import type { RoleScopeTag } from './beta-types.ts'
import { needsName } from './checks.ts'
import type { Kind } from './kind.ts'
import { CONFIGURATION_READ, CONFIGURATION_WRITE } from './permissions.ts'

/** Scope tags, numbered from the default one, which is there in every directory and cannot be deleted. */
export const roleScopeTags: Kind = {
  name: 'roleScopeTags',
  title: 'Scope tags',
  path: 'deviceManagement/roleScopeTags',
  versions: ['beta'],
  dialect: 'intune',
  read: [...CONFIGURATION_READ, 'DeviceManagementRBAC.Read.All', 'DeviceManagementRBAC.ReadWrite.All'],
  pageSize: 1_000,
  largestPage: 1_000,
  entity: 'microsoft.graph.roleScopeTag',
  named: 'displayName',
  modified: null,
  make: (_, index) => madeTag(index),
  defaults: { description: '' },
  fresh: { isBuiltIn: false },
  ids: { of: String, indexOf: (id) => (/^\d{1,9}$/.test(id) ? Number(id) : null) },
  writes: {
    needs: [[...CONFIGURATION_WRITE, 'DeviceManagementRBAC.ReadWrite.All']],
    created: 200,
    updates: { PATCH: 200 },
    checks: [needsName('displayName', 128)],
    isFixed: (id) => id === '0',
  },
}

function madeTag(index: number): RoleScopeTag {
  if (index === 0)
    return {
      displayName: 'Default',
      description: 'Default Role Scope Tag exists in all Intune accounts.',
      isBuiltIn: true,
    }
  const site = SITES[(index - 1) % SITES.length]
  const round = Math.floor((index - 1) / SITES.length)
  return { displayName: `${site}${round === 0 ? '' : ` ${round + 1}`}`, description: '', isBuiltIn: false }
}

const SITES = ['Head office', 'Branch North', 'Branch South', 'Werk Linz', 'Field service']
