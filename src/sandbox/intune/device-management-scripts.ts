import { assignmentsPart } from './assignments.ts'
import type { DeviceManagementScript } from './beta-types.ts'
import { knownTags, needsName, needsWord } from './checks.ts'
import type { Check, Kind, Place } from './kind.ts'
import { descriptionOf, policyName, scopeTagsOf } from './names.ts'
import { madeStamps } from './stamps.ts'

const READ = ['DeviceManagementScripts.Read.All', 'DeviceManagementScripts.ReadWrite.All']

/** PowerShell scripts; a list leaves out what they do. */
export const deviceManagementScripts: Kind = {
  name: 'deviceManagementScripts',
  title: 'Scripts',
  path: 'deviceManagement/deviceManagementScripts',
  versions: ['beta'],
  dialect: 'intune',
  read: READ,
  pageSize: 1_000,
  largestPage: 1_000,
  entity: 'microsoft.graph.deviceManagementScript',
  named: 'displayName',
  modified: 'lastModifiedDateTime',
  make: madeScript,
  defaults: {
    description: null,
    enforceSignatureCheck: false,
    roleScopeTagIds: ['0'],
    runAs32Bit: false,
    runAsAccount: 'system',
  },
  parts: { assignments: assignmentsPart(14, 'target') },
  show: (script, { isListed }) => (isListed ? { ...script, scriptContent: null } : script),
  writes: {
    needs: [['DeviceManagementScripts.ReadWrite.All']],
    created: 201,
    updates: { PATCH: 200 },
    checks: [
      needsName('displayName'),
      needsName('fileName'),
      (attempt) => (attempt.body.runAsAccount === undefined ? null : runsAsSomebody(attempt)),
      isBase64,
      knownTags('roleScopeTagIds'),
    ],
    assign: { how: 'target', path: 'assign', key: 'deviceManagementScriptAssignments' },
  },
}

const runsAsSomebody = needsWord('runAsAccount', ['system', 'user'])

function isBase64({ body, deed }: Parameters<Check>[0]): ReturnType<Check> {
  const content = body.scriptContent
  if (content === undefined && deed === 'update') return null
  if (typeof content === 'string' && /^[A-Za-z0-9+/]+={0,2}$/.test(content)) return null
  return { code: 'ModelValidationFailure', message: 'The field scriptContent is required and is in base64.' }
}

function madeScript(place: Place, index: number): DeviceManagementScript {
  const { action, platform, theme } = SCRIPTS[index % SCRIPTS.length] ?? SCRIPTS[0]
  const { created, modified } = madeStamps(place.seed, index)
  const text = `# ${theme}, number ${index}\r\n$ErrorActionPreference = 'Stop'\r\n${action}\r\n`
  return {
    createdDateTime: created,
    description: descriptionOf(index, theme),
    displayName: policyName(place, index, SCRIPTS),
    enforceSignatureCheck: index % 6 === 0,
    fileName: `${platform}-${theme}-${index}.ps1`.replaceAll(' ', '-'),
    lastModifiedDateTime: modified,
    roleScopeTagIds: scopeTagsOf(place, index),
    runAs32Bit: index % 8 === 7,
    runAsAccount: index % 3 === 2 ? 'user' : 'system',
    scriptContent: Buffer.from(text).toString('base64'),
  }
}

const SCRIPTS = [
  { platform: 'WIN', theme: 'Remove bloatware', action: 'Get-AppxPackage *Xbox* | Remove-AppxPackage' },
  {
    platform: 'WIN',
    theme: 'Map drives',
    action: "New-PSDrive -Name 'S' -PSProvider FileSystem -Root '\\\\files\\share'",
  },
  { platform: 'WIN', theme: 'Set time zone', action: "Set-TimeZone -Id 'W. Europe Standard Time'" },
  { platform: 'WIN', theme: 'Local admin clean-up', action: 'Get-LocalGroupMember -Group Administrators' },
  { platform: 'WIN', theme: 'Druckerkonfiguration', action: "Add-Printer -ConnectionName '\\\\print\\büro'" },
] as const
