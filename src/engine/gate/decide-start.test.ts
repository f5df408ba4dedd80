import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ReasonCode } from '../reasons/index.ts'
import { decideStart, type StartVerdict } from './decide-start.ts'
import type { StartFacts } from './start-facts.ts'

/** Everything that can be said about a start, in an operator's words; the facts are made from it. */
const SAYINGS = {
  tenant: ['active', 'onboarding, early operation', 'onboarding, later operation', 'draft', 'archived'],
  pause: ['none', 'paused'],
  freeze: ['none', 'frozen'],
  connection: ['none', 'one, not default', 'several, none default', 'chosen'],
  enabled: ['enabled', 'disabled'],
  supported: ['supported', 'unsupported'],
  level: ['check', 'full'],
  directory: ['same', 'another'],
  consent: ['granted', 'required', 'revoked', 'failed', 'unknown'],
  credential: [
    'good',
    'good, never expires',
    'missing',
    'expired',
    'expires this instant',
    'rejected',
    'expired and rejected',
    'platform',
    'platform without central app',
  ],
  evidence: ['good', 'wider', 'one missing', 'none', 'stale', 'as old as allowed', 'stale and one missing'],
  throttle: ['none', 'over', 'throttled'],
  active: ['none', 'same', 'other'],
} as const
type Case = { readonly [Key in keyof typeof SAYINGS]: (typeof SAYINGS)[Key][number] }

/** The order of domain rules, written a second time and apart from the code: the first that applies is the answer. */
const POLICY: readonly (readonly [ReasonCode | 'deduped' | 'scope_busy', (c: Case) => boolean])[] = [
  ['tenant_not_operable', (c) => ['draft', 'archived', 'onboarding, later operation'].includes(c.tenant)],
  ['operation_paused', (c) => c.pause === 'paused'],
  ['tenant_frozen', (c) => c.freeze === 'frozen'],
  ['provider_connection_missing', (c) => c.connection === 'none'],
  ['provider_connection_default_missing', (c) => c.connection !== 'chosen'],
  ['provider_connection_disabled', (c) => c.enabled === 'disabled'],
  ['provider_binding_unsupported', (c) => c.supported === 'unsupported'],
  ['provider_scope_mismatch', (c) => c.level === 'full' && c.directory === 'another'],
  ['provider_consent_missing', (c) => c.level === 'full' && c.consent === 'required'],
  ['provider_consent_revoked', (c) => c.level === 'full' && c.consent === 'revoked'],
  ['provider_consent_failed', (c) => c.level === 'full' && c.consent === 'failed'],
  ['provider_evidence_missing', (c) => c.level === 'full' && c.consent === 'unknown'],
  ['platform_identity_missing', (c) => c.credential === 'platform without central app'],
  ['provider_credential_missing', (c) => c.credential === 'missing'],
  ['provider_credential_expired', (c) => c.credential.startsWith('expire')],
  ['provider_credential_rejected', (c) => c.level === 'full' && c.credential === 'rejected'],
  ['provider_evidence_missing', (c) => c.level === 'full' && c.evidence === 'none'],
  ['provider_evidence_stale', (c) => c.level === 'full' && c.evidence.startsWith('stale')],
  ['provider_permission_missing', (c) => c.level === 'full' && c.evidence === 'one missing'],
  ['provider_throttled', (c) => c.level === 'full' && c.throttle === 'throttled'],
  ['deduped', (c) => c.active === 'same'],
  ['scope_busy', (c) => c.active === 'other'],
]
const expectedOf = (c: Case) => POLICY.find(([, applies]) => applies(c))?.[0] ?? 'accepted'

const AT = '2026-03-01T12:00:00.000000Z'
const inSeconds = (seconds: number) => new Date(Date.parse(AT) + seconds * 1000).toISOString()
const DAY = 86_400
const HERE = '11111111-1111-4111-8111-111111111111'
const ELSEWHERE = '22222222-2222-4222-8222-222222222222'
const HALT = { why: 'change freeze', by: 'Ada', until: null }

type Connection = NonNullable<StartFacts['connection']>
const dedicated = (expiresAt: string | null, rejectedAt: string | null = null) => ({
  type: 'dedicated' as const,
  credential: { kind: 'present' as const, form: 'client_secret' as const, expiresAt, rejectedAt },
})
const CREDENTIALS: Record<Case['credential'], Pick<Connection, 'type' | 'credential'>> = {
  good: dedicated(inSeconds(DAY)),
  'good, never expires': dedicated(null),
  missing: { type: 'dedicated', credential: { kind: 'missing' } },
  expired: dedicated(inSeconds(-1)),
  'expires this instant': dedicated(AT),
  rejected: dedicated(inSeconds(DAY), inSeconds(-60)),
  'expired and rejected': dedicated(inSeconds(-1), inSeconds(-60)),
  platform: { type: 'platform', credential: { kind: 'missing' } },
  'platform without central app': { type: 'platform', credential: { kind: 'missing' } },
}
const BOTH = ['First.Read.All', 'Second.Read.All']
const EVIDENCE: Record<Case['evidence'], Connection['evidence']> = {
  good: { permissions: BOTH, seenAt: inSeconds(-60) },
  wider: { permissions: ['First.ReadWrite.All', 'Second.Read.All'], seenAt: inSeconds(-60) },
  'one missing': { permissions: ['First.Read.All'], seenAt: inSeconds(-60) },
  none: null,
  stale: { permissions: BOTH, seenAt: inSeconds(-7 * DAY - 1) },
  'as old as allowed': { permissions: BOTH, seenAt: inSeconds(-7 * DAY) },
  'stale and one missing': { permissions: [], seenAt: inSeconds(-7 * DAY - 1) },
}
const THROTTLES = { none: null, over: inSeconds(-1), throttled: inSeconds(30) }
const COUNTS = { none: 0, 'one, not default': 1, 'several, none default': 3, chosen: 2 }

function factsOf(c: Case): StartFacts {
  const state = c.tenant.startsWith('onboarding') ? 'onboarding' : (c.tenant as 'active')
  return {
    at: AT,
    operation: {
      code: c.level === 'check' ? 'provider.connection.check' : 'directory.groups.sync',
      level: c.level === 'check' ? 'enabled_connection' : 'full',
      required: [
        { permission: 'First.Read.All', alsoSatisfiedBy: ['First.ReadWrite.All'] },
        { permission: 'Second.Read.All', alsoSatisfiedBy: [] },
      ],
      duringOnboarding: c.tenant !== 'onboarding, later operation',
      supported: c.supported === 'supported',
    },
    identity: 'mine',
    tenant: {
      id: 1,
      directoryId: HERE,
      state,
      archivedAt: c.tenant === 'archived' ? inSeconds(-DAY) : null,
      guardVersion: 3,
    },
    pause: c.pause === 'paused' ? HALT : null,
    freeze: c.freeze === 'frozen' ? HALT : null,
    connectionCount: COUNTS[c.connection],
    connection: c.connection === 'chosen' ? connectionOf(c) : null,
    active:
      c.active === 'none'
        ? null
        : {
            runId: 9,
            identity: c.active === 'same' ? 'mine' : 'another',
            operation: 'inventory.sync',
            initiatorName: 'Grace',
            since: AT,
          },
    evidenceMaxAgeDays: 7,
    platformIdentity: c.credential !== 'platform without central app',
  }
}

const connectionOf = (c: Case): Connection => ({
  id: 5,
  label: 'Own app',
  provider: 'microsoft',
  version: 8,
  isEnabled: c.enabled === 'enabled',
  clientId: '00000000-0000-4000-8000-0000000000aa',
  directoryId: c.directory === 'same' ? HERE : ELSEWHERE,
  consent: c.consent,
  evidence: EVIDENCE[c.evidence],
  throttledUntil: THROTTLES[c.throttle],
  ...CREDENTIALS[c.credential],
})

/** Every combination; what hangs on a connection is said only where there is one. */
function* everyCase(): Generator<Case> {
  const keys = Object.keys(SAYINGS) as (keyof Case)[]
  const said: Record<string, string> = {}
  function* from(position: number): Generator<Case> {
    const key = keys[position]
    if (key === undefined) {
      yield { ...said } as unknown as Case
      return
    }
    const hangsOnConnection = position > keys.indexOf('connection') && key !== 'active'
    const values = hangsOnConnection && said.connection !== 'chosen' ? [SAYINGS[key][0]] : SAYINGS[key]
    for (const value of values) {
      said[key] = value
      yield* from(position + 1)
    }
  }
  yield* from(0)
}

const answerOf = (verdict: StartVerdict) => (verdict.kind === 'blocked' ? verdict.reason.code : verdict.kind)

describe('the decision of a start', () => {
  test('every combination of facts gets the answer of the first rule that applies', () => {
    const given = new Map<string, number>()
    const wrong: unknown[] = []
    let rows = 0
    for (const c of everyCase()) {
      const answer = answerOf(decideStart(factsOf(c)))
      const expected = expectedOf(c)
      if (answer !== expected && wrong.length < 3) wrong.push({ case: c, answer, expected })
      given.set(answer, (given.get(answer) ?? 0) + 1)
      rows += 1
    }

    expect(wrong).toEqual([])
    expect(rows).toBeGreaterThan(500_000)
    const everyAnswer = new Set<string>([...POLICY.map(([answer]) => answer), 'accepted'])
    expect(new Set(given.keys())).toEqual(everyAnswer)
  })

  const fine: Case = Object.fromEntries(
    Object.entries(SAYINGS).map(([key, [first]]) => [key, first]),
  ) as unknown as Case
  const decided = (change: Partial<Case>) =>
    decideStart(factsOf({ ...fine, connection: 'chosen', level: 'full', ...change }))

  test.each<[string, Partial<Case>, unknown]>([
    [
      'an archived tenant says since when',
      { tenant: 'archived' },
      { reason: { code: 'tenant_not_operable', state: 'archived', since: inSeconds(-DAY) } },
    ],
    [
      'a draft tenant has no such time',
      { tenant: 'draft' },
      { reason: { code: 'tenant_not_operable', state: 'draft' } },
    ],
    [
      'a pause says why, by whom and until when',
      { pause: 'paused' },
      { reason: { code: 'operation_paused', ...HALT } },
    ],
    ['a freeze does too', { freeze: 'frozen' }, { reason: { code: 'tenant_frozen', ...HALT } }],
    [
      'it is counted among how many connections none is the default',
      { connection: 'several, none default' },
      { reason: { code: 'provider_connection_default_missing', count: 3 } },
    ],
    [
      'the unsupported operation is named',
      { supported: 'unsupported' },
      { reason: { code: 'provider_binding_unsupported', operation: 'directory.groups.sync' } },
    ],
    [
      'an expired credential says since when',
      { credential: 'expired' },
      {
        reason: {
          code: 'provider_credential_expired',
          credential: 'client_secret',
          expiredAt: inSeconds(-1),
        },
      },
    ],
    [
      'each missing permission is named, the granted one is not',
      { evidence: 'one missing' },
      {
        reason: {
          code: 'provider_permission_missing',
          permissions: ['Second.Read.All'],
          seenAt: inSeconds(-60),
        },
      },
    ],
    [
      'stale evidence says its age and the limit',
      { evidence: 'stale' },
      { reason: { code: 'provider_evidence_stale', seenAt: inSeconds(-7 * DAY - 1), maxAgeDays: 7 } },
    ],
    [
      'a throttle window says when it ends',
      { throttle: 'throttled' },
      { reason: { code: 'provider_throttled', until: inSeconds(30) } },
    ],
    ['a busy scope names the holder', { active: 'other' }, { kind: 'scope_busy', active: { runId: 9 } }],
    [
      'an accepted start pins the connection as it was seen',
      {},
      { kind: 'accepted', connectionId: 5, connectionVersion: 8 },
    ],
  ])('%s', (_sentence, change, expected) => {
    expect(decided(change)).toMatchObject(expected as object)
  })

  const anyCase = fc.record(
    Object.fromEntries(
      Object.entries(SAYINGS).map(([key, values]) => [
        key,
        fc.constantFrom(...(values as readonly string[])),
      ]),
    ),
  ) as unknown as fc.Arbitrary<Case>

  test('the same facts give the same decision, also after a stay in the audit record', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const facts = factsOf(c)
        const verdict = decideStart(facts)
        expect(decideStart(facts)).toEqual(verdict)
        expect(decideStart(JSON.parse(JSON.stringify(facts)))).toEqual(verdict)
      }),
    )
  })

  test('a decision is exactly one of four and leaves its facts as they were', () => {
    fc.assert(
      fc.property(anyCase, (c) => {
        const facts = factsOf(c)
        const before = JSON.stringify(facts)
        expect(['accepted', 'deduped', 'scope_busy', 'blocked']).toContain(decideStart(facts).kind)
        expect(JSON.stringify(facts)).toBe(before)
      }),
    )
  })

  const waited = (since: number, mayStart: boolean) => ({
    waited: { waitingStartId: 4, since: inSeconds(since), mayStart },
  })

  test('of a start that waited asks first who it is for, then for how long, then as at the click', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: -2 * DAY, max: 0 }), fc.boolean(), (c, since, mayStart) => {
        const answer = decideStart({ ...factsOf(c), ...waited(since, mayStart) })
        if (!mayStart) expect(answerOf(answer)).toBe('authorization_lost')
        else if (since < -DAY)
          expect(answer).toMatchObject({
            reason: { code: 'waited_too_long', since: inSeconds(since), hours: 24 },
          })
        else expect(answer).toEqual(decideStart(factsOf(c)))
      }),
    )
  })
})
