import type { SandboxApp, SandboxSecret } from '../directory.ts'

/** A secret that was made just now, and whose it is. */
export interface NewSecret {
  readonly app: SandboxApp
  readonly secret: SandboxSecret & { expiresAt: string }
}

/** What a connection is made from, in fields to copy out of; the secret is never shown again. */
export function NewSecretCard({ app, directoryId, secret }: NewSecret & { directoryId: string }) {
  return (
    <section class="card" aria-labelledby="new-secret">
      <h2 id="new-secret">A new client secret of {app.displayName}</h2>
      <p>Copy it now: as at Microsoft, this page shows it only this once.</p>
      <div class="fields">
        <Copied label="Directory id" value={directoryId} />
        <Copied label="Client id" value={app.clientId} />
        <Copied label="Client secret" value={secret.value} />
        <Copied label="Expires" value={secret.expiresAt} />
      </div>
    </section>
  )
}

function Copied({ label, value }: { label: string; value: string }) {
  return (
    <label>
      {label}
      <input type="text" readonly value={value} autocomplete="off" spellcheck={false} />
    </label>
  )
}
