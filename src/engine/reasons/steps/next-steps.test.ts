import { describe, expect, test } from 'vitest'
import { type Capability, ROLES, type Role, roleMay } from '../../../access/index.ts'
import { LANGUAGES, type Language } from '../../../kernel/index.ts'
import { nextStepsFor, REASON_CODES, type Reason, type ReasonCode, sayer } from '../index.ts'
import { REASON_SAMPLES } from '../reasons.samples.ts'
import { REASON_VARIANTS } from '../reasons.variants.ts'

const every: readonly Reason[] = [...REASON_CODES.map((code) => REASON_SAMPLES[code]), ...REASON_VARIANTS]

const place = { directoryId: '3f8a1c2e-77b0-4d15-9c55-0e8f2b7a1d44', connectionId: 7, runId: 1841 }

const stepsFor = (reason: Reason, may: (capability: Capability) => boolean, language: Language = 'en') =>
  nextStepsFor(reason, { ...place, may }, language, sayer(language, 'UTC'))

const as = (role: Role) => (capability: Capability) => roleMay(role, capability)

const FIRST_STEP: Readonly<Record<ReasonCode, string | undefined>> = {
  tenant_not_operable: 'Open the tenant',
  tenant_directory_claimed: 'Ask the installation’s administrator',
  operation_paused: undefined,
  tenant_frozen: undefined,
  provider_connection_missing: 'Add a provider connection',
  provider_connection_default_missing: 'Choose the default connection',
  provider_connection_disabled: 'Open the provider connection',
  provider_binding_unsupported: undefined,
  provider_scope_mismatch: 'Open the provider connection',
  provider_directory_unknown: 'Open the provider connection',
  provider_consent_missing: 'Grant admin consent',
  provider_consent_revoked: 'Grant admin consent',
  provider_consent_failed: 'Grant admin consent',
  provider_app_disabled: 'Ask the directory’s administrator',
  provider_credential_missing: 'Update the credential',
  provider_credential_expired: 'Update the credential',
  provider_credential_rejected: 'Update the credential',
  provider_credential_next_rejected: 'Update the credential',
  provider_access_policy: 'Ask the directory’s administrator',
  platform_identity_missing: 'Ask the installation’s administrator',
  provider_permission_missing: 'Review required permissions',
  provider_evidence_missing: 'Check the connection',
  provider_evidence_stale: 'Check the connection',
  provider_not_licensed: undefined,
  provider_throttled: 'Try again after 23 Nov 2026, 14:36 UTC',
  provider_unreachable: 'Try again later',
  provider_rejected_request: 'Open diagnostics',
  provider_outcome_unknown: 'Open diagnostics',
  provider_token_rejected: 'Check the connection',
  provider_reading_lost: 'Start again',
  provider_link_untrusted: 'Ask the installation’s administrator',
  restore_preview_missing: 'Regenerate the preview',
  restore_preview_outdated: 'Regenerate the preview',
  restore_not_confirmed: 'Finish the confirmation',
  restore_write_gate_closed: 'Check the connection',
  restore_outcome_unknown: 'Reconcile the restore',
  scope_busy: 'Open operation',
  already_running: 'Open operation',
  waited_too_long: 'Start again',
  authorization_lost: 'Review the members',
  run_stale: 'Start again',
  run_force_released: 'Start again',
  run_cancelled: undefined,
  internal_error: 'Report with the id 0ab37e11-57c2-4f0d-b1a9-3f6e2d90c4aa',
}

describe('the next steps out of a reason', () => {
  test('begin with the one that removes the obstacle', () => {
    const first = Object.fromEntries(
      REASON_CODES.map((code) => [code, stepsFor(REASON_SAMPLES[code], as('owner'))[0]?.label]),
    )

    expect(first).toEqual(FIRST_STEP)
  })

  test.each(LANGUAGES)('are plain sentences, and links stay inside the product (%s)', (language) => {
    for (const reason of every) {
      for (const role of ROLES) {
        for (const step of stepsFor(reason, as(role), language)) {
          expect(step.label + (step.description ?? '.')).not.toMatch(/undefined|null|\[object|[a-z]_[a-z]/)
          expect(step.href ?? '/admin/').toMatch(/^\/admin\/[^\s]*$/)
          expect(step.href === undefined).toBe(step.actionType === 'ask' || step.actionType === 'wait')
        }
      }
    }
  })

  test.each(LANGUAGES)('promise nothing that cannot be done on our pages yet (%s)', (language) => {
    for (const reason of every)
      for (const { description, href } of stepsFor(reason, as('owner'), language))
        if (href) expect(description ?? '').not.toMatch(/central app|zentrale/i)
  })

  test('are a sentence without a link for whoever may not take them', () => {
    for (const reason of every) {
      for (const step of stepsFor(reason, () => false)) {
        expect(step).not.toHaveProperty('href')
        expect(step.label).toMatch(/^(Ask|Report|Try again|Wait) /)
      }
    }
  })

  test('ask the least role that may do it', () => {
    const [credential, check] = stepsFor(REASON_SAMPLES.provider_credential_expired, as('manager'))
    const [consent, recheck] = stepsFor(REASON_SAMPLES.provider_consent_missing, as('readonly'))

    expect(credential).toEqual({ label: 'Ask an owner to update the credential', actionType: 'ask' })
    expect(check).toMatchObject({ href: '/admin/provider-connections/7#check', actionType: 'open' })
    expect(consent?.label).toBe('Ask a manager to arrange admin consent')
    expect(recheck?.label).toBe('Ask an operator to check the connection')
    expect(stepsFor(REASON_SAMPLES.authorization_lost, as('operator'))[0]?.label).toBe(
      'Ask an owner to restore the access',
    )
  })

  test('say in German whom to ask', () => {
    expect(stepsFor(REASON_SAMPLES.provider_credential_expired, as('operator'), 'de')[0]?.label).toBe(
      'Einen Besitzer bitten, die Anmeldeinformationen zu aktualisieren',
    )
  })

  test('lead to the place where the step is taken', () => {
    const hrefs = (reason: Reason) => stepsFor(reason, as('owner')).map((step) => step.href)

    expect(hrefs(REASON_SAMPLES.provider_credential_expired)).toEqual([
      '/admin/provider-connections/7/credential',
      '/admin/provider-connections/7#check',
    ])
    expect(hrefs({ ...REASON_SAMPLES.provider_credential_expired, nextStored: true })).toEqual([
      '/admin/provider-connections/7#check',
    ])
    expect(hrefs(REASON_SAMPLES.provider_permission_missing)[0]).toBe(
      '/admin/provider-connections/7/permissions',
    )
    expect(hrefs(REASON_SAMPLES.provider_rejected_request)).toEqual(['/admin/operations/1841#diagnostics'])
    expect(hrefs(REASON_SAMPLES.scope_busy)).toEqual(['/admin/operations/1849', undefined])
    expect(hrefs(REASON_SAMPLES.restore_not_confirmed)).toEqual([
      `/admin/t/${place.directoryId}/restore-runs/31#confirm`,
    ])
  })

  test('lead to the lists when connection and operation are not known', () => {
    const nowhere = { ...place, connectionId: null, runId: null, may: () => true }
    const first = (reason: Reason) => nextStepsFor(reason, nowhere, 'en', sayer('en', 'UTC'))[0]?.href

    expect(first(REASON_SAMPLES.provider_evidence_missing)).toBe(
      `/admin/provider-connections?tenant=${place.directoryId}`,
    )
    expect(first(REASON_SAMPLES.provider_rejected_request)).toBe('/admin/operations')
  })

  test('mark consent for programs', () => {
    expect(stepsFor(REASON_SAMPLES.provider_consent_revoked, as('manager'))[0]).toMatchObject({
      actionType: 'consent',
      href: '/admin/provider-connections/7/consent',
    })
  })
})
