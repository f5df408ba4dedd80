import { certificateView, SECRET_STATES, secretState } from '../change-world.ts'
import type { SandboxApp, SandboxSecret } from '../directory.ts'
import { KNOWN_PERMISSIONS } from '../permissions.ts'

interface AppCardProps {
  app: SandboxApp
  address: string
  now: Date
}

/** An application in a directory: whether it is there, what it may do and which secrets and certificates are accepted. */
export function AppCard({ app, address, now }: AppCardProps) {
  const heading = `app-${app.clientId}`
  return (
    <section class="card" aria-labelledby={heading}>
      <h2 id={heading}>{app.displayName}</h2>
      <p class="quiet">
        Client id <code>{app.clientId}</code> · {app.installed ? 'installed' : 'not installed'} ·{' '}
        {app.enabled ? 'enabled' : 'disabled'}
      </p>
      <div class="row">
        <Switch address={`${address}/installed`} on={app.installed} turnOn="Install" turnOff="Uninstall" />
        <Switch address={`${address}/enabled`} on={app.enabled} turnOn="Enable" turnOff="Disable" />
      </div>
      <Grants app={app} address={`${address}/grants`} />
      <h3>Secrets</h3>
      {app.secrets.map((secret, index) => (
        <Secret secret={secret} address={`${address}/secrets/${index}`} now={now} />
      ))}
      <form method="post" action={`${address}/secrets`}>
        <button type="submit" class="plain">
          Add a client secret
        </button>
      </form>
      <Certificates app={app} address={`${address}/certificates`} />
    </section>
  )
}

function Switch(props: { address: string; on: boolean; turnOn: string; turnOff: string }) {
  return (
    <form method="post" action={props.address}>
      <input type="hidden" name="on" value={props.on ? 'no' : 'yes'} />
      <button type="submit" class={props.on ? 'danger' : 'plain'}>
        {props.on ? props.turnOff : props.turnOn}
      </button>
    </form>
  )
}

/** Permissions granted outside the known list stay in it, so that saving does not lose them. */
function Grants({ app, address }: { app: SandboxApp; address: string }) {
  const permissions = [...new Set([...KNOWN_PERMISSIONS, ...app.granted])]
  return (
    <form method="post" action={address}>
      <fieldset class="ticks">
        <legend>Application permissions granted by an administrator</legend>
        {permissions.map((name) => (
          <label>
            <input type="checkbox" name="granted" value={name} checked={app.granted.includes(name)} /> {name}
          </label>
        ))}
      </fieldset>
      <button type="submit">Save grants</button>
      <p class="quiet">A token issued before keeps what it carries until it ends.</p>
    </form>
  )
}

/** Only the public part is asked for and kept, as at Microsoft. */
function Certificates({ app, address }: { app: SandboxApp; address: string }) {
  return (
    <>
      <h3>Certificates</h3>
      {(app.certificates ?? []).map(({ pem }) => {
        const { expiresAt, subject, thumbprint } = certificateView(pem)
        return (
          <form method="post" action={`${address}/${thumbprint}/delete`} class="row">
            <span>
              {subject} <code>{thumbprint}</code> <span class="quiet">expires {expiresAt}</span>
            </span>
            <button type="submit" class="danger" aria-label={`Remove ${thumbprint}`}>
              Remove
            </button>
          </form>
        )
      })}
      <form method="post" action={address}>
        <label class="wide">
          Public certificate (PEM)
          <textarea name="pem" required rows={4} spellcheck={false} autocomplete="off"></textarea>
        </label>
        <button type="submit" class="plain">
          Upload the certificate
        </button>
      </form>
    </>
  )
}

function Secret({ secret, address, now }: { secret: SandboxSecret; address: string; now: Date }) {
  const current = secretState(secret, now)
  return (
    <form method="post" action={address} class="row">
      <label>
        Secret {secret.value.slice(0, 3)}… is{' '}
        <select name="state">
          {SECRET_STATES.map((state) => (
            <option value={state} selected={state === current}>
              {state}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="plain">
        Save secret
      </button>
      {secret.expiresAt ? <span class="quiet">expires {secret.expiresAt}</span> : null}
    </form>
  )
}
