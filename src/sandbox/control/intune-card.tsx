import { countsOf, type SandboxIntune } from '../intune/intune.ts'
import { KIND_NAMES } from '../intune/kind.ts'
import { KINDS } from '../intune/kinds.ts'

interface IntuneCardProps {
  intune: SandboxIntune
  address: string
  isLicensed: boolean
}

/** What a directory has of Intune and conditional access: how much of each, and where to change it. */
export function IntuneCard({ address, intune, isLicensed }: IntuneCardProps) {
  const counts = countsOf(intune)
  return (
    <section class="card" aria-labelledby="intune">
      <h2 id="intune">Intune and conditional access</h2>
      {isLicensed ? null : <p>This directory has no Intune licence: Graph tells nothing of these.</p>}
      <ul class="counts">
        {KIND_NAMES.map((name) => (
          <li>
            <a href={`${address}/${name}`}>{KINDS[name].title}</a> <span class="quiet">{counts[name]}</span>
          </li>
        ))}
      </ul>
      <form method="post" action={`${address}/changes`} class="row">
        <label>
          Changes at random <input type="number" name="times" value="20" min="1" max="1000" required />
        </label>
        <button type="submit" class="plain">
          Make these changes
        </button>
      </form>
      <p class="quiet">
        They create, edit, rename, assign and delete policies and change the compliance of devices.{' '}
        {intune.writes.length} writes came over Graph lately.
      </p>
    </section>
  )
}
