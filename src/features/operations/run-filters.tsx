import { definitionOf, OPERATION_CODES } from '../../engine/catalog/index.ts'
import { REASON_CODES, reasonLabel } from '../../engine/reasons/index.ts'
import { Button, ErrorSummary, SelectField, TextField } from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { Icon } from '../../web/look/index.ts'
import type { FilterChoices } from './find-runs.sql.ts'
import {
  FILTER_FIELDS,
  type FilterField,
  FRESHNESS,
  listHref,
  OUTCOMES,
  type ReadFilter,
  type Show,
  STATUSES,
  SYSTEM_STARTED,
  type TypedFilter,
  without,
} from './run-filter.ts'
import { filterWords } from './run-filter.words.ts'

interface RunFiltersProps {
  show: Show
  read: ReadFilter
  choices: FilterChoices
  reader: Reader
}

/** The filters of the list: what is on as chips that go away, and a form for the others. */
export const RunFilters = (props: RunFiltersProps) => (
  <>
    <WrongFilters {...props} />
    <Chips {...props} />
    <FilterForm {...props} />
  </>
)

const WrongFilters = ({ read: { typed, wrong }, reader }: RunFiltersProps) => {
  const words = filterWords(reader.language)
  if (wrong.length === 0) return null
  const errors = wrong.map((field) => {
    const say = field === 'from' || field === 'to' ? words.wrongTime : words.wrong
    return { text: say(words.fields[field], (typed[field] ?? '').slice(0, 100)), field: `filter-${field}` }
  })
  return (
    <div class="mt-4">
      <ErrorSummary title={words.wrongTitle} errors={errors} />
    </div>
  )
}

const Chips = ({ read: { typed, wrong }, reader, show, ...props }: RunFiltersProps) => {
  const words = filterWords(reader.language)
  const on = FILTER_FIELDS.filter((field) => typed[field] !== undefined && !wrong.includes(field))
  if (on.length === 0) return null
  return (
    <nav class="strip mt-3" aria-label={words.narrowedBy}>
      {on.map((field) => (
        <a class="chip" data-on href={listHref(show, without(typed, field))}>
          {words.fields[field]}: <b>{labelOf(field, typed[field] ?? '', { ...props, reader })}</b>
          <Icon name="close" size="small" />
          <span class="sr-only">, {words.remove}</span>
        </a>
      ))}
      {on.length > 1 && (
        <a class="chip" href={listHref(show, {})}>
          {words.clear}
        </a>
      )}
    </nav>
  )
}

/** A value as its chip says it. */
function labelOf(
  field: FilterField,
  value: string,
  props: Pick<RunFiltersProps, 'choices' | 'reader'>,
): string {
  if (field === 'from' || field === 'to') return `${value.replace('T', ' ')} (${props.reader.timeZone})`
  return optionsOf(field, props).find((option) => option.value === value)?.label ?? value
}

interface Option {
  readonly value: string
  readonly label: string
}

/** What a field can be chosen from, in the reader's words. */
function optionsOf(
  field: FilterField,
  { choices, reader }: Pick<RunFiltersProps, 'choices' | 'reader'>,
): Option[] {
  const words = filterWords(reader.language)
  const shared = webWords(reader.language)
  const byLabel = (options: Option[]) =>
    options.sort((a, b) => a.label.localeCompare(b.label, reader.language))
  const OPTIONS: Record<Exclude<FilterField, 'from' | 'to'>, () => Option[]> = {
    tenant: () => [...choices.tenants],
    status: () => STATUSES.map((value) => ({ value, label: words.statuses[value] })),
    outcome: () => OUTCOMES.map((value) => ({ value, label: shared.states[value] })),
    operation: () =>
      OPERATION_CODES.map((value) => ({ value, label: definitionOf(value).words[reader.language].title })),
    initiator: () => [{ value: SYSTEM_STARTED, label: shared.system }, ...choices.people],
    freshness: () => FRESHNESS.map((value) => ({ value, label: words.freshness[value] })),
    reason: () =>
      byLabel(
        REASON_CODES.map((value) => ({ value, label: reasonLabel(value, reader.language, reader.say) })),
      ),
  }
  return field === 'from' || field === 'to' ? [] : OPTIONS[field]()
}

const FilterForm = (props: RunFiltersProps) => {
  const { read, reader, show } = props
  const words = filterWords(reader.language)
  return (
    <details class="fold box mt-3" id="filters" {...(read.wrong.length > 0 && { open: true })}>
      <summary>
        <span class="chev">
          <Icon name="right" />
        </span>
        <span class="font-medium">{words.title}</span>
      </summary>
      <form class="fold-body" action="/admin/operations" method="get">
        <input type="hidden" name="show" value={show} />
        <div class="grid gap-x-4 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
          {FILTER_FIELDS.map((field) => (
            <Field field={field} {...props} />
          ))}
        </div>
        <div class="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button look="primary">{words.apply}</Button>
          <a class="link" href={listHref(show, {})}>
            {words.clear}
          </a>
          <span class="sub">{words.zone(reader.timeZone)}</span>
        </div>
      </form>
    </details>
  )
}

const Field = ({ field, read, ...props }: RunFiltersProps & { field: FilterField }) => {
  const words = filterWords(props.reader.language)
  const value = read.typed[field] ?? ''
  const isWrong = read.wrong.includes(field)
  const named = { id: `filter-${field}`, name: field, label: words.fields[field] }
  if (field === 'from' || field === 'to') {
    const error = isWrong ? words.wrongTime(words.fields[field], value) : undefined
    return <TextField {...named} type={typeOf(read.typed, field, isWrong)} value={value} error={error} />
  }
  const options = [{ value: '', label: words.any }, ...optionsOf(field, props)]
  const isThere = options.some((option) => option.value === value)
  const shown = isThere ? options : [...options, { value, label: value.slice(0, 100) }]
  const error = isWrong ? words.wrong(words.fields[field], value.slice(0, 100)) : undefined
  return <SelectField {...named} options={shown} value={value} error={error} />
}

/** A day is picked; a time, or what is no day, stays as it was typed. */
const typeOf = (typed: TypedFilter, field: 'from' | 'to', isWrong: boolean) =>
  !isWrong && (typed[field] === undefined || /^\d{4}-\d{2}-\d{2}$/.test(typed[field])) ? 'date' : 'text'
