import { z } from '@hono/zod-openapi'
import { POLICY_TYPES } from '../../engine/catalog/index.ts'
import { MOST_LISTED } from '../../web/index.ts'
import { next } from './list-schemas.ts'

const text = z.string()
const instant = z.iso.datetime()

/** What every entry of a tenant's list tells; what is empty is left out. */
const seen = {
  id: text,
  displayName: text,
  description: text.optional(),
  firstSeenAt: instant,
  lastSeenAt: instant.openapi({
    description: 'When Microsoft last told of it; what never changes is told of once',
  }),
  changedAt: instant
    .optional()
    .openapi({ description: 'When a sync last found it changed; absent if it never was' }),
  goneSince: instant.optional().openapi({ description: 'When it was found gone' }),
  href: text,
}

const group = z.object({
  ...seen,
  mail: text.optional(),
  kind: z.enum(['microsoft_365', 'security', 'mail_enabled_security', 'distribution']),
  membershipRule: text.optional().openapi({ description: 'Present where membership is dynamic' }),
  goneHow: z.enum(['soft_deleted', 'deleted', 'not_returned']).optional(),
})

const roleDefinition = z.object({ ...seen, isBuiltIn: z.boolean(), isEnabled: z.boolean() })

const policy = z.object({
  ...seen,
  type: z.enum(POLICY_TYPES),
  platform: z.enum(['windows', 'macos', 'ios', 'android', 'linux']).optional(),
})

const STATES = [
  'noncompliant',
  'in_grace_period',
  'unknown',
  'error',
  'conflict',
  'config_manager',
  'other',
  'compliant',
] as const

const device = z.object({
  ...seen,
  state: z.enum(STATES).openapi({ description: 'How it stood when it was last seen' }),
  user: text.optional(),
  serialNumber: text.optional(),
  operatingSystem: text.optional(),
  osVersion: text.optional(),
  lastContactAt: instant.optional().openapi({ description: 'When it last reached Intune' }),
  isSilent: z
    .boolean()
    .openapi({ description: 'Whether it had not reached Intune for 30 days when it was last seen' }),
  graceUntil: instant.optional(),
  managedBy: text.optional(),
})

const raw = z
  .record(text, z.unknown())
  .openapi({ description: 'The object as Microsoft gave it, as far as it was asked for' })

const readAt = instant
  .optional()
  .openapi({ description: 'When a sync last read up to its end; absent before the first one' })
const previous = text
  .optional()
  .openapi({ description: 'The address of the part before; absent on the first one' })

const groupSchema = group.extend({ raw }).openapi('DirectoryGroup')
const roleDefinitionSchema = roleDefinition.extend({ raw }).openapi('DirectoryRoleDefinition')
const policySchema = policy
  .extend({
    raw,
    settings: z
      .array(z.record(text, z.unknown()))
      .optional()
      .openapi({ description: 'What a policy of the settings catalog sets, as Microsoft gives it' }),
  })
  .openapi('Policy')
const policiesSchema = z
  .object({
    readAt: readAt.openapi({
      description: 'When the type that was read longest ago was last read to its end',
    }),
    readings: z
      .array(
        z.object({
          type: z.enum(POLICY_TYPES),
          readAt: instant.optional().openapi({ description: 'When it was last read to its end' }),
          isRefused: z.boolean().openapi({ description: 'Whether a later sync could not read it' }),
          reasonCode: text.optional(),
        }),
      )
      .openapi({ description: 'How the reading of every type stands' }),
    policies: z.array(policy),
    previous,
    next,
  })
  .openapi('PolicyList')
const deviceSchema = device
  .extend({
    raw,
    changes: z
      .array(
        z.object({
          at: instant,
          from: z.enum([...STATES, 'gone']),
          to: z.enum([...STATES, 'gone']),
          runId: z.int().optional(),
        }),
      )
      .openapi({ description: 'What became of its state, newest first, the last hundred changes' }),
  })
  .openapi('Device')
const devicesSchema = z.object({ readAt, devices: z.array(device), previous, next }).openapi('DeviceList')

const count = z.int().min(0)
const counts = (names: readonly string[]) => z.object(Object.fromEntries(names.map((name) => [name, count])))
const snapshot = z.object({
  observedAt: instant,
  runId: z.int().optional().openapi({ description: 'Absent once the operation was removed' }),
  devices: count,
  silent: count,
  states: counts(STATES),
  microsoftSummary: counts([...STATES.filter((state) => state !== 'other'), 'not_applicable', 'remediated'])
    .optional()
    .openapi({
      description:
        'What Microsoft counts itself, some time later than the devices change; absent where it could not be read',
    }),
})

/** How the devices of a tenant stand, now and over time. */
export const complianceSchema = z
  .object({
    newest: snapshot.optional().openapi({ description: 'Absent before the first snapshot' }),
    snapshots: z.array(snapshot).openapi({
      description: 'Oldest first; of more than seven days the last one of each day (UTC)',
    }),
    devicesHref: text,
  })
  .openapi('Compliance')
const groupsSchema = z
  .object({ readAt, groups: z.array(group), previous, next })
  .openapi('DirectoryGroupList')
const roleDefinitionsSchema = z
  .object({ readAt, roleDefinitions: z.array(roleDefinition), previous, next })
  .openapi('DirectoryRoleDefinitionList')

/** What a list of a tenant takes: a search, a filter, an order and where a part begins. */
const seenListQuery = (shows: readonly [string, ...string[]], search: string) =>
  z.object({
    q: text.max(200).optional().openapi({ description: search }),
    show: z
      .enum(shows)
      .optional()
      .openapi({
        description: `Which to leave; “${shows[0]}” when it is left out. All but “gone” leave only what is there.`,
      }),
    sort: z
      .enum(['name', '-name', 'changed', '-changed', 'first_seen', '-first_seen'])
      .optional()
      .openapi({ description: 'The order, from its end with a minus; “name” when it is left out' }),
    limit: z
      .int()
      .min(1)
      .max(MOST_LISTED)
      .optional()
      .openapi({ description: 'How many at most; 50 when it is left out' }),
    after: text.optional().openapi({ description: '“next” of the answer has the whole address' }),
    before: text.optional().openapi({ description: '“previous” of the answer has the whole address' }),
  })

/** The lists of what was last seen in a tenant, with what each takes and answers. */
export const DIRECTORY = [
  {
    path: '/admin/t/{tenant}/directory/role-definitions',
    what: 'role definitions',
    query: seenListQuery(['present', 'built_in', 'custom', 'gone'], 'A part of the name'),
    list: roleDefinitionsSchema,
    entry: roleDefinitionSchema,
  },
  {
    path: '/admin/t/{tenant}/directory/groups',
    what: 'groups',
    query: seenListQuery(
      ['present', 'microsoft_365', 'security', 'mail_enabled_security', 'distribution', 'dynamic', 'gone'],
      'A part of the name or mail address. Among thousands of groups fewer than three letters find names that begin with them, by name, and what very many have comes by its last change; “next” names the order.',
    ),
    list: groupsSchema,
    entry: groupSchema,
  },
  {
    path: '/admin/t/{tenant}/inventory',
    what: 'policies',
    query: seenListQuery(['present', ...POLICY_TYPES, 'gone'], 'A part of the name'),
    list: policiesSchema,
    entry: policySchema,
  },
  {
    path: '/admin/t/{tenant}/compliance/devices',
    what: 'devices',
    query: seenListQuery(
      ['present', ...STATES, 'windows', 'macos', 'ios', 'android', 'linux', 'other_system', 'silent', 'gone'],
      'A part of the name, the user or the serial number',
    ),
    list: devicesSchema,
    entry: deviceSchema,
  },
] as const
