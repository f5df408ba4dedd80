import { createTransport } from 'nodemailer'
import { type Delivery, deliveryOf } from './delivery.ts'

/** What is sent to one person; plain text, as everything in it has to be readable everywhere. */
export interface Letter {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** What a letter that is sent twice has in common, so that a mail program may show it once; made up without it. */
  readonly id?: string
}

/** Sends letters, if the installation has a server for them. */
export interface Mailer {
  /** Hands a letter to the server; false when it is not known to have been taken, which is reported and never thrown. */
  send(letter: Letter): Promise<boolean>
  /** The same for whoever has to know what became of it: never thrown, and reported unless the server took it. */
  deliver(letter: Letter): Promise<Delivery>
  close(): void
}

/** Where letters go out. The address of the server may carry a password; neither is ever reported. */
export interface MailSettings {
  /** smtp://user:password@host:587, or smtps:// for a server that speaks TLS from the beginning. */
  readonly url: string
  /** "TenantPilot <pilot@example.com>" */
  readonly from: string
  /** How long a server may take for one answer, in milliseconds. */
  readonly patienceMs?: number
  /** Told in one sentence why a letter did not go out; never to whom, and never what it said. */
  readonly report: (fault: string) => void
}

/** How long a server may take to answer, in milliseconds: somebody waits for the page. */
const PATIENCE = 10_000

/** A mailer over SMTP. Behind smtp:// the connection is upgraded to TLS whenever the server offers it. */
export function createMailer({ from, patienceMs = PATIENCE, report, url }: MailSettings): Mailer {
  const transport = createTransport(
    {
      url,
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  )
  /** Notes when the server has said that it wants the text of a letter: only from then on it may have taken it. */
  transport.use('stream', ({ data, message }, done) => {
    const { text } = data
    const open = message.createReadStream.bind(message)
    message.createReadStream = (...options) => {
      const stream = open(...options)
      const pipe = stream.pipe.bind(stream)
      stream.pipe = (...to) => {
        handedOver.add(text as object)
        return pipe(...to)
      }
      return stream
    }
    done()
  })
  const handedOver = new WeakSet<object>()

  const deliver = async ({ id, subject, text, to }: Letter): Promise<Delivery> => {
    const content = Buffer.from(text)
    try {
      await transport.sendMail({
        to: { name: '', address: to },
        subject,
        text: content,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(id && { messageId: `<${id}@${domainOf(from)}>` }),
      })
      return 'taken'
    } catch (fault) {
      report(kindOf(fault))
      return deliveryOf(fault, handedOver.has(content))
    }
  }
  return {
    deliver,
    send: async (letter) => (await deliver(letter)) === 'taken',
    close: () => transport.close(),
  }
}

/** "example.com" */
const domainOf = (from: string) => /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'

/** "EAUTH (535)": the words of a mail server may repeat an address, its codes do not. */
function kindOf(fault: unknown): string {
  const { code, responseCode } = fault as { code?: unknown; responseCode?: unknown }
  const kind = typeof code === 'string' ? code : 'no code'
  return typeof responseCode === 'number' ? `${kind} (${responseCode})` : kind
}
