import { parseArgs } from 'node:util'

/** What each command takes beside its name. */
const OPTIONS = {
  start: [],
  serve: ['no-worker'],
  work: [],
  migrate: [],
  invariants: [],
  'keys rotate': [],
  sandbox: [],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type Command = keyof typeof OPTIONS

/** What a command line asks for; one that cannot be read is wrong, in a sentence that names the word. */
export type Arguments =
  | { readonly kind: 'command'; readonly command: Command; readonly worker: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly sentence: string }

/** Reads a command line; without a command it is `start`. */
export function readArguments(words: readonly string[]): Arguments {
  const { tokens } = parseArgs({
    args: [...words],
    options: { help: { type: 'boolean', short: 'h' }, 'no-worker': { type: 'boolean' } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const [command = 'start', ...further] = commandAndFurther(
    tokens.flatMap((each) => (each.kind === 'positional' ? [each.value] : [])),
  )
  const given = tokens.flatMap((each) => (each.kind === 'option' ? [each] : []))
  if (command === 'help' || given.some(({ name, value }) => name === 'help' && value === undefined))
    return { kind: 'help' }
  if (!isCommand(command)) return wrong(`There is no command "${command}".`)
  if (further[0] !== undefined) return wrong(`The command ${command} does not take "${further[0]}".`)
  const known: readonly string[] = OPTIONS[command]
  const unknown = given.find(({ name, value }) => !known.includes(name) || value !== undefined)
  if (unknown) {
    const value = unknown.value === undefined ? '' : `=${unknown.value}`
    return wrong(`The command ${command} has no option "${unknown.rawName}${value}".`)
  }
  return { kind: 'command', command, worker: !given.some(({ name }) => name === 'no-worker') }
}

/** A command may be of two words, such as `keys rotate`. */
function commandAndFurther([first, second, ...rest]: readonly string[]): string[] {
  const both = `${first} ${second}`
  if (second !== undefined && isCommand(both)) return [both, ...rest]
  return [first, second, ...rest].filter((word) => word !== undefined)
}

const isCommand = (word: string): word is Command => Object.hasOwn(OPTIONS, word)

const wrong = (sentence: string): Arguments => ({ kind: 'wrong', sentence })
