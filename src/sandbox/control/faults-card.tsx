import type { SandboxFaults } from '../directory.ts'
import { REFUSALS } from '../sign-in/refusals.ts'

/** What shall go wrong with a directory; an empty field is no fault. */
export function FaultsCard({ faults, address }: { faults: SandboxFaults; address: string }) {
  return (
    <section class="card" aria-labelledby="faults">
      <h2 id="faults">Faults</h2>
      <form method="post" action={address}>
        <div class="fields">
          <NumberField
            label="Throttle every n-th Graph request"
            name="throttleEvery"
            value={faults.throttleEvery}
          />
          <Choice
            label="Retry-After is sent as"
            name="retryAfter"
            value={faults.retryAfter}
            options={['seconds', 'decimal', 'date', 'absent']}
          />
          <NumberField
            label="Retry-After, seconds"
            name="retryAfterSeconds"
            value={faults.retryAfterSeconds}
          />
          <NumberField label="Graph is late by, milliseconds" name="slowMs" value={faults.slowMs} />
          <NumberField
            label="Role definitions per page"
            name="roleDefinitionsPageSize"
            value={faults.roleDefinitionsPageSize}
          />
          <NumberField label="Groups per page" name="groupsPageSize" value={faults.groupsPageSize} />
          <Choice
            label="Links to changes are lost"
            name="lostSyncState"
            value={faults.lostSyncState}
            options={['gone', 'not_found']}
          />
          <NumberField
            label="Refuse the token of the next n requests"
            name="rejectTokens"
            value={faults.rejectTokens}
          />
          <Choice
            label="Sign-in is refused with"
            name="tokenFault"
            value={faults.tokenFault}
            options={Object.keys(REFUSALS)}
          />
          <Choice
            label="Graph always fails with status"
            name="serverError"
            value={faults.serverError?.toString()}
            options={['500', '503', '504']}
          />
          <label>
            Next links point to another origin
            <input type="url" name="nextLinkOrigin" value={faults.nextLinkOrigin ?? ''} />
          </label>
        </div>
        <div class="fields">
          <Tick label="Unreachable: connections are dropped" name="unreachable" on={faults.unreachable} />
          <Tick label="An empty page after every full one" name="emptyPages" on={faults.emptyPages} />
          <Tick label="No Intune licence" name="notLicensed" on={faults.notLicensed} />
        </div>
        <button type="submit">Save faults</button>
      </form>
    </section>
  )
}

function NumberField({ label, name, value }: { label: string; name: string; value: number | undefined }) {
  return (
    <label>
      {label}
      <input type="number" name={name} min="0" step="any" value={value?.toString() ?? ''} />
    </label>
  )
}

interface ChoiceProps {
  label: string
  name: string
  value: string | undefined
  options: readonly string[]
}

function Choice({ label, name, value, options }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">–</option>
        {options.map((option) => (
          <option value={option} selected={option === value}>
            {option}
          </option>
        ))}
      </select>
    </label>
  )
}

function Tick({ label, name, on }: { label: string; name: string; on: boolean | undefined }) {
  return (
    <label class="tick">
      <input type="checkbox" name={name} value="yes" checked={on ?? false} /> {label}
    </label>
  )
}
