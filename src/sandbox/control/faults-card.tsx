import type { SandboxFaults } from '../faults.ts'
import { FAULT_GROUPS, type FaultField } from './fault-fields.ts'

/** What shall go wrong with a directory; an empty field is no fault. */
export function FaultsCard({ faults, address }: { faults: SandboxFaults; address: string }) {
  return (
    <section class="card" aria-labelledby="faults">
      <h2 id="faults">Faults</h2>
      <p class="quiet">
        An empty field is no fault. What strikes the next n requests counts down by itself; each request of a
        batch counts.
      </p>
      <form method="post" action={address}>
        {FAULT_GROUPS.map(({ about, fields, title }) => (
          <fieldset class="group">
            <legend>{title}</legend>
            <p class="quiet">{about}</p>
            <div class="fields">
              {fields.filter(({ kind }) => !isTick(kind)).map((field) => Field(field, faults))}
            </div>
            {fields.some(({ kind }) => isTick(kind)) ? (
              <div class="ticks">
                {fields.filter(({ kind }) => isTick(kind)).map((field) => Field(field, faults))}
              </div>
            ) : null}
          </fieldset>
        ))}
        <button type="submit">Save faults</button>
      </form>
    </section>
  )
}

const isTick = (kind: FaultField['kind']): boolean => kind === 'tick' || kind === 'until'

function Field(field: FaultField, faults: SandboxFaults) {
  const { label, name } = field
  const value = faults[name]
  if (field.kind === 'tick')
    return (
      <label class="tick">
        <input type="checkbox" name={name} value="yes" checked={value === true} /> {label}
      </label>
    )
  if (field.kind === 'until')
    return value === undefined ? null : (
      <label class="tick">
        <input type="checkbox" name={name} value={String(value)} checked /> {label}{' '}
        <time dateTime={String(value)}>{String(value).slice(11, 19)} UTC</time>
      </label>
    )
  if (field.kind === 'choice')
    return (
      <label>
        {label}
        <select name={name}>
          <option value="">–</option>
          {field.options.map((option) => (
            <option value={option.value} selected={option.value === value}>
              {option.label}
            </option>
          ))}
        </select>
      </label>
    )
  return (
    <label>
      {label}
      <input
        type={field.kind === 'number' ? 'number' : 'url'}
        name={name}
        value={value?.toString() ?? ''}
        {...(field.kind === 'number' && { min: '0', step: 'any', placeholder: field.hint ?? '' })}
      />
    </label>
  )
}
