import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { parseAst } from 'vitest/node'

/** The floors of the house; each may import itself and what stands before it. */
const FLOORS = [
  'kernel',
  'database',
  'graph',
  'mail',
  'access',
  'providers',
  'engine',
  'web',
  'features',
  'main',
] as const
/** Floors that are made of rooms: from outside a room only its index.ts is seen. */
const WITH_ROOMS = ['engine', 'features']
/** A check that reads almost nothing passes on everything. */
const FEWEST_MODULES = 50

/** What is allowed although a rule forbids it; an exception that nothing needs any more is a violation. */
const EXCEPTIONS: readonly { readonly file: string; readonly rule: string; readonly why: string }[] = [
  {
    file: 'access/identify.ts',
    rule: 'sql',
    why: 'one query beside the only function that asks it; to be moved into a .sql.ts file',
  },
  { file: 'access/setup-link.ts', rule: 'sql', why: 'all of it is statements; to be renamed to .sql.ts' },
]

export interface Violation {
  readonly file: string
  readonly rule: string
  readonly says: string
}

/** Reads every module below a source folder and says which break the rules of the house. Tests may look anywhere. */
export function checkImports(source: string): { modules: number; violations: Violation[] } {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .sort()
  const found = files.flatMap((file) => violationsOf(file, readFileSync(join(source, file), 'utf8')))
  const excused = (violation: Violation) =>
    EXCEPTIONS.some(({ file, rule }) => file === violation.file && rule === violation.rule)
  const idle = EXCEPTIONS.filter(
    ({ file, rule }) => !found.some((violation) => violation.file === file && violation.rule === rule),
  )
  return {
    modules: files.length,
    violations: [
      ...found.filter((violation) => !excused(violation)),
      ...idle.map(({ file }) => ({
        file,
        rule: 'exceptions',
        says: 'needs its exception no longer; remove it',
      })),
    ],
  }
}

function violationsOf(file: string, text: string): Violation[] {
  const module = readModule(file, text)
  const floor = FLOORS.find((name) => file.startsWith(`${name}/`))
  if (!floor && !file.startsWith('sandbox/'))
    return [{ file, rule: 'floors', says: `stands on no floor (${FLOORS.join(', ')}, sandbox)` }]
  return [
    ...module.imports.flatMap((target) => importViolation(file, target)),
    ...(module.readsEnvironment && floor !== 'main'
      ? [{ file, rule: 'environment', says: 'reads process.env; only main/ does, and hands settings on' }]
      : []),
    ...(module.holdsSql && !mayHoldSql(file)
      ? [{ file, rule: 'sql', says: 'holds SQL; it belongs into a .sql.ts file, a migration or database/' }]
      : []),
  ]
}

const mayHoldSql = (file: string) => file.endsWith('.sql.ts') || file.startsWith('database/')

/** What is wrong with one module importing another; both as paths below the source folder. */
function importViolation(file: string, specifier: string): Violation[] {
  if (!specifier.startsWith('.')) return []
  const target = posix.join(posix.dirname(file), specifier)
  const [from = '', to = ''] = [file, target].map((path) => path.split('/')[0])
  const says = (rule: string, words: string) => [{ file, rule, says: `imports ${target}: ${words}` }]
  if (target.startsWith('..')) return says('floors', 'code of the product imports nothing outside of it')
  if (to === 'sandbox' && from !== 'sandbox' && from !== 'main')
    return says('sandbox', 'only main and tests may know that Microsoft is being played')
  if (from === 'sandbox' && to !== 'sandbox' && to !== 'kernel')
    return says('sandbox', 'the sandbox knows the kernel and nothing else of us')
  if (from !== 'sandbox' && rankOf(to) > rankOf(from))
    return says('floors', `${from} may not look up to ${to}`)
  const room = roomOf(target)
  if (room && room !== roomOf(file) && target !== `${room}/index.ts`)
    return says('rooms', `from outside only ${room}/index.ts is seen`)
  return []
}

const rankOf = (name: string) => (FLOORS as readonly string[]).indexOf(name)

function roomOf(path: string): string | null {
  const [floor = '', room = '', inside] = path.split('/')
  return WITH_ROOMS.includes(floor) && inside !== undefined ? `${floor}/${room}` : null
}

interface Module {
  readonly imports: string[]
  readonly readsEnvironment: boolean
  readonly holdsSql: boolean
}

/** What a module imports (types and dynamic imports as well), and whether it reads the environment or holds SQL. */
function readModule(file: string, text: string): Module {
  const module = { imports: [] as string[], readsEnvironment: false, holdsSql: false }
  walk(parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node, (node) => {
    const specifier = node.source ?? (node.type === 'TSImportType' ? node.argument : undefined)
    if (isNode(specifier) && typeof specifier.value === 'string') {
      module.imports.push(specifier.value)
      if (/^(node:)?process$/.test(specifier.value)) module.readsEnvironment = true
    }
    if (isProcessEnv(node)) module.readsEnvironment = true
    if (isSql(node)) module.holdsSql = true
  })
  return module
}

interface Node {
  readonly type: string
  readonly [member: string]: unknown
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
const nameOf = (value: unknown) => (isNode(value) ? (value.name ?? value.value) : undefined)

const isProcessEnv = ({ type, object, property }: Node) =>
  type === 'MemberExpression' && nameOf(object) === 'process' && nameOf(property) === 'env'

/** Kysely's `sql`, by whatever name it is imported, or a template with that tag. */
const isSql = ({ type, tag, imported, importKind }: Node) =>
  (type === 'TaggedTemplateExpression' && nameOf(tag) === 'sql') ||
  (type === 'ImportSpecifier' && nameOf(imported) === 'sql' && importKind !== 'type')

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const member of Object.values(node))
    for (const child of Array.isArray(member) ? member : [member]) if (isNode(child)) walk(child, visit)
}

if (import.meta.main) {
  const source = process.argv[2] ?? join(dirname(import.meta.dirname), 'src')
  const { modules, violations } = checkImports(source)
  for (const { file, rule, says } of violations)
    console.error(`${join(relative('.', source), file)} [${rule}] ${says}`)
  if (modules <= FEWEST_MODULES) console.error(`Only ${modules} modules were read in ${source}.`)
  if (violations.length > 0 || modules <= FEWEST_MODULES) process.exit(1)
  console.log(`${modules} modules keep the import directions.`)
}
