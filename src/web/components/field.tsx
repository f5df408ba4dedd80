import type { Child } from 'hono/jsx'
import { Mark } from './mark.tsx'

interface FieldWords {
  /** The id of the control; its hint and error get ids from it. */
  id: string
  label: string
  hint?: Child
  error?: string | undefined
}

/** The ids of what describes a control, in reading order. */
const describedBy = ({ id, hint, error }: FieldWords) =>
  [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined

const condition = (field: FieldWords) => ({
  'aria-describedby': describedBy(field),
  'aria-invalid': field.error ? ('true' as const) : undefined,
})

const Around = ({ field, end, children }: { field: FieldWords; end?: Child; children: Child }) => (
  <div>
    <div class="flex items-baseline gap-4">
      <label class="field-label" for={field.id}>
        {field.label}
      </label>
      {end && <span class="ml-auto text-ui">{end}</span>}
    </div>
    {children}
    <Below field={field} />
  </div>
)

const Below = ({ field }: { field: FieldWords }) => (
  <>
    {field.error && (
      <p class="field-error" id={`${field.id}-error`}>
        <Mark name="failed" size="small" />
        <span>{field.error}</span>
      </p>
    )}
    {field.hint && (
      <p class="field-hint" id={`${field.id}-hint`}>
        {field.hint}
      </p>
    )}
  </>
)

export interface TextFieldProps extends FieldWords {
  name: string
  type?: 'text' | 'email' | 'password' | 'search' | 'number' | 'date' | 'datetime-local' | 'url'
  value?: string
  required?: boolean
  autocomplete?: string
  autofocus?: boolean
  placeholder?: string
  maxlength?: number
  spellcheck?: boolean
  /** Beside the label, such as "Forgot it". */
  end?: Child
}

export const TextField = ({ label, hint, error, end, type = 'text', ...input }: TextFieldProps) => {
  const field = { id: input.id, label, hint, error }
  return (
    <Around field={field} end={end}>
      <input class="input w-full" type={type} {...input} {...condition(field)} />
    </Around>
  )
}

export interface LongTextFieldProps extends FieldWords {
  name: string
  value?: string
  required?: boolean
  maxlength?: number
}

export const LongTextField = ({ label, hint, error, value = '', ...area }: LongTextFieldProps) => {
  const field = { id: area.id, label, hint, error }
  return (
    <Around field={field}>
      <textarea class="textarea" {...area} {...condition(field)}>
        {value}
      </textarea>
    </Around>
  )
}

export interface SelectFieldProps extends FieldWords {
  name: string
  value?: string
  required?: boolean
  options: readonly { value: string; label: string; off?: boolean }[]
}

export const SelectField = ({ label, hint, error, value, options, ...select }: SelectFieldProps) => {
  const field = { id: select.id, label, hint, error }
  return (
    <Around field={field}>
      <select class="select w-full" {...select} {...condition(field)}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value} disabled={option.off ?? false}>
            {option.label}
          </option>
        ))}
      </select>
    </Around>
  )
}

export interface TickFieldProps extends Omit<FieldWords, 'label'> {
  name: string
  value?: string
  checked?: boolean
  required?: boolean
  label: Child
  /** One of several that exclude each other. */
  only?: boolean
}

/** A checkbox or radio button with its sentence. */
export const TickField = ({
  label,
  hint,
  error,
  only = false,
  checked = false,
  ...input
}: TickFieldProps) => {
  const field = { id: input.id, label: '', hint, error }
  return (
    <div>
      <label class="tick" for={input.id}>
        <input
          type={only ? 'radio' : 'checkbox'}
          class={only ? 'radio mt-px' : 'checkbox mt-px'}
          checked={checked}
          {...input}
          {...condition(field)}
        />
        <span>{label}</span>
      </label>
      <Below field={field} />
    </div>
  )
}
