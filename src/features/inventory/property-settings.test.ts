import { expect, test } from 'vitest'
import { propertySettings } from './property-settings.ts'

test('what a policy sets stands by name; what it is, and what is not set, does not', () => {
  const policy = {
    '@odata.type': '#microsoft.graph.windows10CompliancePolicy',
    id: 'p-1',
    displayName: 'Baseline',
    version: 3,
    roleScopeTagIds: ['0'],
    assignments: [],
    passwordRequired: true,
    passwordMinimumLength: null,
    deviceThreatProtectionRequiredSecurityLevel: 'notConfigured',
    osMinimumVersion: '10.0.19045',
    validOperatingSystemBuildRanges: [],
    bitLockerEnabled: false,
  }
  expect(propertySettings(policy)).toEqual([
    { name: 'bitLockerEnabled', value: 'false', depth: 0 },
    { name: 'osMinimumVersion', value: '10.0.19045', depth: 0 },
    { name: 'passwordRequired', value: 'true', depth: 0 },
  ])
})

test('what holds others comes before them, once for each of a list', () => {
  const policy = {
    omaSettings: [
      { '@odata.type': '#microsoft.graph.omaSettingString', omaUri: './A', value: '****', isEncrypted: true },
      { '@odata.type': '#microsoft.graph.omaSettingInteger', omaUri: './B', value: 7 },
    ],
    conditions: { platforms: null, clientAppTypes: ['browser', 'other'], users: { includeUsers: ['All'] } },
    sessionControls: { signInFrequency: { isEnabled: null } },
  }
  expect(propertySettings(policy).map(({ depth, name, value }) => `${depth} ${name} ${value}`)).toEqual([
    '0 conditions null',
    '1 clientAppTypes browser, other',
    '0 omaSettings null',
    '1 isEncrypted true',
    '1 omaUri ./A',
    '1 value ****',
    '0 omaSettings null',
    '1 omaUri ./B',
    '1 value 7',
  ])
})

test('a script is readable', () => {
  const scriptContent = Buffer.from('Write-Host "Grüße"').toString('base64')
  expect(propertySettings({ scriptContent })).toMatchObject([{ value: 'Write-Host "Grüße"' }])
})
