import type { LiveDirectory } from '../directory.ts'
import type { Kind } from '../intune/kind.ts'
import { COMPLIANCE_STATES } from '../intune/managed-devices.ts'
import { countOf, type Found, objectAt } from '../intune/objects.ts'
import { Layout } from './layout.tsx'
import { NamedTable } from './named-table.tsx'
import { Pager, pageOf } from './pager.tsx'

interface IntunePageProps {
  directory: LiveDirectory
  kind: Kind
  page: number
}

/** Everything of one kind in a directory, fifty at a time. */
export function IntunePage({ directory, kind, page }: IntunePageProps) {
  const objects = directory.intune.objects[kind.name]
  const address = `/directories/${directory.id}/intune/${kind.name}`
  const { current, from, pages, to } = pageOf(page, objects.count)
  const shown = Array.from({ length: to - from }, (_, offset) => objectAt(objects, from + offset)).filter(
    (found) => found !== null,
  )
  const things = shown.map((found) => ({
    address: `${address}/${found.id}`,
    name: String(found.properties[kind.named] ?? ''),
    about: kind.name === 'managedDevices' ? stateForm(found, `${address}/${found.id}`) : aboutOf(found),
    isFixed: kind.writes?.isFixed?.(found.id) ?? false,
  }))
  const count = countOf(objects)
  return (
    <Layout title={`${kind.title} · ${directory.displayName} · Sandbox`}>
      <p>
        <a href={`/directories/${directory.id}#intune`}>{directory.displayName}</a>
      </p>
      <h1>{kind.title}</h1>
      <p class="quiet">
        {count} at <code>/{kind.path}</code>
      </p>
      <section class="card" aria-label={kind.title}>
        {kind.writes ? (
          <form method="post" action={address} class="row">
            <label>
              New name <input name="displayName" required maxlength={256} />
            </label>
            <button type="submit">Add</button>
          </form>
        ) : null}
        {things.length === 0 ? (
          <p class="quiet">There are none here.</p>
        ) : (
          <NamedTable things={things} about={kind.name === 'managedDevices' ? 'Compliance' : 'About'} />
        )}
        <Pager current={current} pages={pages} parameter="page" anchor="" />
      </section>
    </Layout>
  )
}

/** Of which type it is, and how often it is assigned; of what has a number, the number. */
function aboutOf({ id, part, properties }: Found): string {
  const type = String(
    properties['@odata.type'] ?? properties.platforms ?? properties.platform ?? properties.state ?? '',
  )
  if (/^\d+$/.test(id)) return `id ${id}`
  const assignments = part('assignments').length
  const assigned =
    assignments === 0 ? '' : `${assignments} ${assignments === 1 ? 'assignment' : 'assignments'}`
  return [type.replace('#microsoft.graph.', ''), assigned].filter((text) => text !== '').join(', ')
}

const stateForm = ({ properties }: Found, address: string) => (
  <form method="post" action={`${address}/compliance`} class="row">
    <select name="state" aria-label={`Compliance of ${String(properties.deviceName)}`}>
      {COMPLIANCE_STATES.map((state) => (
        <option value={state} selected={state === properties.complianceState}>
          {state}
        </option>
      ))}
    </select>
    <button type="submit" class="plain" aria-label={`Save compliance of ${String(properties.deviceName)}`}>
      Save
    </button>
  </form>
)
