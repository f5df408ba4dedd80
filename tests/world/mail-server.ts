import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** A letter as a real mail server got it. */
export interface ReceivedLetter {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  /** The body, decoded. */
  readonly text: string
  readonly messageId: string
}

/** How a mail server fails whoever comes to it. */
export type MailFault =
  /** It takes the connection and never says a word. */
  | 'no_greeting'
  /** It knows nobody of that address. */
  | 'refuses'
  /** It has no time now. */
  | 'busy'
  /** It goes away when it has heard whom the letter is for. */
  | 'gone_before_text'
  /** It keeps the letter and goes away without a word. */
  | 'gone_after_text'
  /** It keeps the letter and never says so. */
  | 'silent_after_text'

/** A real SMTP server on this machine that keeps what it gets. */
export interface MailServer {
  readonly url: string
  readonly letters: readonly ReceivedLetter[]
  /** How many came to it. */
  readonly connections: number
  /** How it fails from now on; null when it does not. */
  fault: MailFault | null
  /** The one address for which it has no time now, whatever else; null for none. */
  puttingOff: string | null
  close(): Promise<void>
}

/** Opens one; with a password it takes nothing from whoever does not know it. */
export async function openMailServer({ password }: { password?: string } = {}): Promise<MailServer> {
  const letters: ReceivedLetter[] = []
  let connections = 0
  let fault: MailFault | null = null
  let puttingOff: string | null = null
  const goAway = () => {
    for (const { _socket } of server.connections) _socket.destroy()
  }
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: password === undefined,
    allowInsecureAuth: true,
    logger: false,
    onAuth: (given, _session, done) =>
      given.password === password ? done(null, { user: 'pilot' }) : done(new Error('No')),
    onConnect: (_session, done) => {
      connections += 1
      if (fault !== 'no_greeting') done()
    },
    onRcptTo: ({ address }, _session, done) => {
      if (fault === 'gone_before_text') goAway()
      else if (fault === 'refuses') done(Object.assign(new Error('Nobody'), { responseCode: 550 }))
      else if (fault === 'busy' || address === puttingOff)
        done(Object.assign(new Error('Later'), { responseCode: 451 }))
      else done()
    },
    onData: (stream, { envelope }, done) => {
      text(stream).then((raw) => {
        letters.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          ...read(raw),
        })
        if (fault === 'gone_after_text') goAway()
        else if (fault !== 'silent_after_text') done()
      }, done)
    },
  })
  server.on('error', () => {}) // a client that goes away in the middle of its letter
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    get connections() {
      return connections
    },
    get fault() {
      return fault
    },
    set fault(next) {
      fault = next
    },
    get puttingOff() {
      return puttingOff
    },
    set puttingOff(next) {
      puttingOff = next
    },
    close: () => {
      goAway()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** Takes a letter apart as far as ours go: one plain text part, quoted-printable or base64. */
function read(raw: string): Pick<ReceivedLetter, 'subject' | 'text' | 'messageId'> {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const header = (name: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  const body = rest.join('\r\n\r\n')
  const encoding = header('content-transfer-encoding').toLowerCase()
  return {
    subject: decodedWords(header('subject')),
    text: decodedBody(body, encoding),
    messageId: header('message-id'),
  }
}

const decodedBody = (body: string, encoding: string) => {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? unquoted(body.replace(/=\r\n/g, '')) : body
}

const unquoted = (text: string) =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

/** RFC 2047: "=?UTF-8?Q?f=C3=BCr?=" */
const decodedWords = (text: string) =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : unquoted(word.replace(/_/g, ' ')),
    )
