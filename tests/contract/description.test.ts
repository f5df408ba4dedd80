import { describe, expect, test } from 'vitest'
import { openApiDocument } from '../../src/features/api-description/openapi.ts'
import { MATRIX } from '../http/matrix.table.ts'
import { ADDITIVE, type Api, contract, type Described, resolvedIn, type Schema } from './contract.ts'

const ours = openApiDocument('https://pilot.example') as Api

/** Paths of the contract that nothing answers yet. The list only ever gets shorter. */
const NOT_BUILT = ['/admin/t/{tenant}/restore-runs/{restoreRun}/execute']
const BUILT = Object.keys(contract.paths).filter((path) => !NOT_BUILT.includes(path))

describe('what is not built yet', () => {
  test.each(NOT_BUILT)('%s is a path of the contract, and no path of ours', (path) => {
    expect(contract.paths).toHaveProperty([path])
    expect(Object.keys(ours.paths)).not.toContain(path)
  })
})

test.each(BUILT)('%s is described as the contract has it', (path) => {
  const theirs = contract.paths[path] ?? {}
  expect(Object.keys(ours.paths)).toContain(path)
  expect(Object.keys(ours.paths[path] ?? {})).toEqual(Object.keys(theirs))
  const differences = Object.entries(theirs).flatMap(([method, wanted]) => {
    const given = ours.paths[path]?.[method]
    return given ? differencesOf(wanted, given) : [`${method} is missing`]
  })
  expect(differences).toEqual([])
})

test('every start and every described path is a route, and every start is described', () => {
  // A route says which kind of session it means: signed in at a browser, or onboarding.
  const routes = MATRIX.map(({ route }) =>
    route.replace(':onboarding', ':session').replace(/:(\w+)/g, '{$1}'),
  )
  const described = Object.entries(ours.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(routes).toEqual(expect.arrayContaining(described))
  const starts = routes.filter((route) => /^POST .*\/(start|sync)$|\/explain$/.test(route))
  expect(described).toEqual(expect.arrayContaining(starts))
})

/** What a client of the contract would stumble over: parameters, bodies, answers. */
function differencesOf(wanted: Described, given: Described): string[] {
  const parameters = ({ parameters = [] }: Described) =>
    parameters
      .filter((each) => each.in === 'path')
      .map(({ name, schema, required }) => `${name} ${shapeOf(schema).type} ${required}`)
  return [
    ...unequal('path', parameters(wanted), parameters(given)),
    ...requestDifferences(wanted, given),
    ...Object.entries(wanted.responses).flatMap(([status, { content }]) => {
      const answer = given.responses[status]
      if (!answer) return [`${status} is not answered`]
      return content ? contentDifferences(status, content, answer.content ?? {}) : []
    }),
  ]
}

function requestDifferences({ requestBody: wanted }: Described, { requestBody: given }: Described): string[] {
  if (!wanted) return given?.required ? ['a body is required that nobody knows of'] : []
  if (!given) return ['the body is not taken']
  return [
    ...unequal('body required', wanted.required, given.required),
    ...contentDifferences('body', wanted.content, given.content),
  ]
}

type Content = NonNullable<Described['requestBody']>['content']

const contentDifferences = (at: string, wanted: Content, given: Content): string[] => [
  ...unequal(`${at} media types`, Object.keys(wanted).sort(), Object.keys(given).sort()),
  ...Object.entries(wanted).flatMap(([type, { schema }]) => {
    const other = given[type]
    return other ? schemaDifferences(`${at} ${type}`, schema, other.schema) : []
  }),
]

/** Both schemas member by member; what only ours knows has to be on the list of what may be added. */
function schemaDifferences(at: string, wanted: Schema, given: Schema, of = ''): string[] {
  const [a, b] = [resolved(contract, wanted), resolved(ours, given)]
  const name = wanted.$ref?.split('/').at(-1) ?? of
  const [theirs, mine] = [a.properties ?? {}, b.properties ?? {}]
  const added = Object.keys(mine).filter((each) => !(each in theirs) && !ADDITIVE[name]?.includes(each))
  return [
    ...unequal(at, shapeOf(a), shapeOf(b)),
    ...added.map((each) => `${at}.${each} is not in the contract`),
    ...Object.entries(theirs).flatMap(([each, schema]) => {
      const other = mine[each]
      return other ? schemaDifferences(`${at}.${each}`, schema, other) : [`${at}.${each} is missing`]
    }),
    ...(a.items && b.items ? schemaDifferences(`${at}[]`, a.items, b.items) : []),
  ]
}

const resolved = resolvedIn

/** What a schema says of one value; bounds that only narrow it are left out. */
const shapeOf = ({
  type = [],
  nullable,
  enum: values,
  required = [],
  additionalProperties,
  items,
}: Schema) => ({
  type: [...new Set([type, nullable ? 'null' : []].flat())].sort().join(' or '),
  values,
  required: [...required].sort(),
  open: additionalProperties !== undefined && additionalProperties !== false,
  isList: items !== undefined,
})

function unequal(at: string, wanted: unknown, given: unknown): string[] {
  const [a, b] = [JSON.stringify(wanted), JSON.stringify(given)]
  return a === b ? [] : [`${at}: the contract has ${a}, we have ${b}`]
}
