import { Layout } from '../control/layout.tsx'
import type { CentralApp, LiveDirectory, SandboxPerson } from '../directory.ts'
import { DIRECTORY_ROLES } from '../people.ts'

interface PageProps {
  directory: LiveDirectory
  app: CentralApp
}

/** Where an administrator is shown what an app asks for. */
export const ConsentPage = ({ app, directory }: PageProps) => (
  <Layout title={`Permissions requested · ${app.displayName}`}>
    <form method="post" class="card">
      <h1>Permissions requested</h1>
      <p>
        <strong>{app.displayName}</strong> asks for these application permissions in{' '}
        <strong>{directory.displayName}</strong>:
      </p>
      <ul>
        {app.asksFor.map((permission) => (
          <li>
            <code>{permission}</code>
          </li>
        ))}
      </ul>
      <People directory={directory} />
      <p>
        <button type="submit" name="answer" value="accept">
          Accept
        </button>{' '}
        <button type="submit" name="answer" value="cancel">
          Cancel
        </button>
      </p>
    </form>
  </Layout>
)

/** Where somebody signs in to an app. */
export const SignInPage = ({ app, directory }: PageProps) => (
  <Layout title={`Sign in · ${app.displayName}`}>
    <form method="post" class="card">
      <h1>Sign in to {app.displayName}</h1>
      <People directory={directory} />
      <p>
        <button type="submit">Sign in</button>
      </p>
    </form>
  </Layout>
)

const People = ({ directory }: { directory: LiveDirectory }) => (
  <fieldset>
    <legend>Sign in as</legend>
    {directory.people.map(({ id, name, roles, userName }, at) => (
      <p>
        <label>
          <input type="radio" name="person" value={id} checked={at === 0} /> {name} ({userName}),{' '}
          {roleName(roles)}
        </label>
      </p>
    ))}
  </fieldset>
)

const roleName = (roles: readonly string[]): string =>
  Object.entries(DIRECTORY_ROLES).find(([, id]) => roles.includes(id))?.[0] ?? 'a user without a role'

/** What Microsoft shows to those who may not consent. */
export const NeedsApprovalPage = ({
  app,
  backHref,
  person,
}: {
  app: CentralApp
  person: SandboxPerson
  backHref: string
}) => (
  <Layout title="Need admin approval">
    <section class="card">
      <h1>Need admin approval</h1>
      <p>
        {app.displayName} needs permission to access resources in your organisation that only an admin can
        grant. {person.name} is no such admin.
      </p>
      <p>
        <a href={backHref}>Return to the application without granting consent</a>
      </p>
    </section>
  </Layout>
)

/** A request that Microsoft does not even lead back from. */
export const RefusedPage = ({ text }: { text: string }) => (
  <Layout title="Sorry, but we’re having trouble signing you in">
    <section class="card">
      <h1>Sorry, but we’re having trouble signing you in</h1>
      <p>{text}</p>
    </section>
  </Layout>
)
