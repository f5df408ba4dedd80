import { createTransport } from 'nodemailer'

/** What is sent to one person; plain text, as everything in it has to be readable everywhere. */
export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Sends letters, if the installation has a server for them. */
export interface Mailer {
  /** Hands a letter to the server; false when it was not taken, which is reported and never thrown. */
  send(letter: Letter): Promise<boolean>
  close(): void
}

/** Where letters go out. The address of the server may carry a password; neither is ever reported. */
export interface MailSettings {
  /** smtp://user:password@host:587, or smtps:// for a server that speaks TLS from the beginning. */
  readonly url: string
  /** "TenantPilot <pilot@example.com>" */
  readonly from: string
  /** Told in one sentence why a letter did not go out; never to whom, and never what it said. */
  readonly report: (fault: string) => void
}

/** How long a server may take to answer, in milliseconds: somebody waits for the page. */
const PATIENCE = 10_000

/** A mailer over SMTP. Behind smtp:// the connection is upgraded to TLS whenever the server offers it. */
export function createMailer({ from, report, url }: MailSettings): Mailer {
  const transport = createTransport(
    {
      url,
      connectionTimeout: PATIENCE,
      greetingTimeout: PATIENCE,
      socketTimeout: PATIENCE,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  return {
    async send({ subject, text, to }) {
      try {
        await transport.sendMail({ to: { name: '', address: to }, subject, text })
        return true
      } catch (fault) {
        report(kindOf(fault))
        return false
      }
    },
    close: () => transport.close(),
  }
}

/** "EAUTH (535)": the words of a mail server may repeat an address, its codes do not. */
function kindOf(fault: unknown): string {
  const { code, responseCode } = fault as { code?: unknown; responseCode?: unknown }
  const kind = typeof code === 'string' ? code : 'no code'
  return typeof responseCode === 'number' ? `${kind} (${responseCode})` : kind
}
