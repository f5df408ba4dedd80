import { expect, test } from 'vitest'
import { readTenant, tenantInput } from './new-tenant.ts'

const ID = '3F8A1C2E-77B0-4D15-9A6E-1B2C3D4E5F60'

test('a tenant is read from what was typed, its id in lower case and its empty domain left out', () => {
  const input = tenantInput({ name: ' Contoso ', directoryId: ` ${ID} `, domain: '' })

  const read = readTenant(input)

  expect(read).toEqual({ ok: true, tenant: { name: 'Contoso', directoryId: ID.toLowerCase(), domain: null } })
})

test.each([
  [{ name: '', directoryId: ID, domain: '' }, { name: 'name_missing' }],
  [{ name: 'x'.repeat(201), directoryId: ID, domain: '' }, { name: 'name_too_long' }],
  [{ name: 'a\0b', directoryId: ID, domain: '' }, { name: 'name_unreadable' }],
  [{ name: 'Contoso', directoryId: '', domain: '' }, { directoryId: 'directory_missing' }],
  [{ name: 'Contoso', directoryId: 'contoso.com', domain: '' }, { directoryId: 'directory_not_a_guid' }],
  [{ name: 'Contoso', directoryId: ID, domain: 'not a domain' }, { domain: 'domain_malformed' }],
])('%j is told what is wrong with it', (input, flaws) => {
  expect(readTenant(input)).toEqual({ ok: false, flaws })
})
