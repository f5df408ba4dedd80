import { type FaultsChange, faultsChange } from '../faults.ts'
import { FAULT_GROUPS, type FaultField } from './fault-fields.ts'

const FIELDS = FAULT_GROUPS.flatMap(({ fields }) => fields)

type Read =
  | { readonly kind: 'read'; readonly change: FaultsChange }
  /** The labels of the fields that hold nonsense. */
  | { readonly kind: 'nonsense'; readonly labels: readonly string[] }

/** The faults a form asks for; an empty field takes its fault away. */
export function faultsFromForm(form: URLSearchParams): Read {
  const change = Object.fromEntries(FIELDS.map((field) => [field.name, wishIn(field, form)]))
  const read = faultsChange.safeParse(change)
  if (read.success) return { kind: 'read', change: read.data }
  const wrong = new Set(read.error.issues.map(({ path }) => path[0]))
  return {
    kind: 'nonsense',
    labels: FIELDS.filter(({ name }) => wrong.has(name)).map(({ label }) => label),
  }
}

function wishIn(field: FaultField, form: URLSearchParams): unknown {
  const text = form.get(field.name)?.trim() || null
  if (text === null) return null
  if (field.kind === 'tick') return true
  if (field.kind === 'number') return Number(text)
  if (field.kind !== 'choice') return text
  return field.options.find(({ value }) => String(value) === text)?.value ?? text
}
