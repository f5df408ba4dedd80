import type { LiveDirectory } from '../directory.ts'
import { AppCard } from './app-card.tsx'
import { FaultsCard } from './faults-card.tsx'
import { Layout } from './layout.tsx'
import { RolesCard } from './roles-card.tsx'

/** One directory with everything that can be changed about it. */
export function DirectoryPage({
  directory,
  now,
  page,
}: {
  directory: LiveDirectory
  now: Date
  page: number
}) {
  const address = `/directories/${directory.id}`
  return (
    <Layout title={`${directory.displayName} · Sandbox`}>
      <h1>{directory.displayName}</h1>
      <p class="quiet">
        {directory.domain} · <code>{directory.id}</code> · {directory.graphRequests} Graph requests answered
      </p>
      {directory.apps.map((app) => (
        <AppCard app={app} address={`${address}/apps/${app.clientId}`} now={now} />
      ))}
      <FaultsCard faults={directory.faults} address={`${address}/faults`} />
      <RolesCard roles={directory.roleDefinitions} address={`${address}/role-definitions`} page={page} />
    </Layout>
  )
}
