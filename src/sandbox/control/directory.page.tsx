import type { LiveDirectory } from '../directory.ts'
import { AppCard } from './app-card.tsx'
import { FaultsCard } from './faults-card.tsx'
import { GroupsCard } from './groups-card.tsx'
import { IntuneCard } from './intune-card.tsx'
import { Layout } from './layout.tsx'
import { type NewSecret, NewSecretCard } from './new-secret.tsx'
import { RequestsCard } from './requests-card.tsx'
import { RolesCard } from './roles-card.tsx'

/** One directory with everything that can be changed about it. */
export function DirectoryPage({
  directory,
  now,
  page,
  groupsPage,
  newSecret,
}: {
  directory: LiveDirectory
  now: Date
  page: number
  groupsPage: number
  newSecret: NewSecret | null
}) {
  const address = `/directories/${directory.id}`
  return (
    <Layout title={`${directory.displayName} · Sandbox`}>
      <h1>{directory.displayName}</h1>
      <p class="quiet">
        {directory.domain} · directory id <code>{directory.id}</code> · {directory.graphRequests} Graph
        requests answered
      </p>
      {newSecret ? <NewSecretCard {...newSecret} directoryId={directory.id} /> : null}
      {directory.apps.map((app) => (
        <AppCard app={app} address={`${address}/apps/${app.clientId}`} now={now} />
      ))}
      <section class="card" aria-labelledby="register">
        <h2 id="register">Register an application</h2>
        <form method="post" action={`${address}/apps`} class="row">
          <label>
            Name <input name="displayName" required maxlength={120} />
          </label>
          <button type="submit">Register</button>
        </form>
        <p class="quiet">It gets a client id and a client secret, and nothing granted yet.</p>
      </section>
      <FaultsCard faults={directory.faults} address={`${address}/faults`} />
      <RequestsCard traffic={directory.traffic} address={`${address}/requests`} />
      <IntuneCard
        intune={directory.intune}
        address={`${address}/intune`}
        isLicensed={!directory.faults.notLicensed}
      />
      <RolesCard roles={directory.roleDefinitions} address={`${address}/role-definitions`} page={page} />
      <GroupsCard directory={directory} address={`${address}/groups`} page={groupsPage} />
    </Layout>
  )
}
