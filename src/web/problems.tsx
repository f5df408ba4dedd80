import type { FieldIssue } from '../engine/gate/index.ts'
import type { InEveryLanguage } from '../kernel/index.ts'
import { Answer, LinkButton } from './components/index.ts'
import { ProblemPage } from './layout/index.ts'
import { ANY_JSON, representationFor } from './negotiation.ts'
import type { Request, Web } from './web.ts'
import { webWords } from './words.ts'

/** Everything that is not an answer: each has one text, whatever caused it. */
export const PROBLEMS = {
  unauthenticated: { status: 401 },
  forbidden: { status: 403 },
  forbidden_to_key: { status: 403 },
  cross_site: { status: 403 },
  not_found: { status: 404 },
  method_not_allowed: { status: 405 },
  not_acceptable: { status: 406 },
  key_undecided: { status: 409 },
  line_full: { status: 409 },
  onboarding_stale: { status: 409 },
  onboarding_ended: { status: 409 },
  onboarding_not_there_yet: { status: 409 },
  not_now: { status: 409 },
  gone: { status: 410 },
  too_large: { status: 413 },
  unsupported_media_type: { status: 415 },
  malformed: { status: 422 },
  key_reused: { status: 422 },
  too_many: { status: 429 },
  too_many_attempts: { status: 429 },
  too_many_streams: { status: 429 },
  unavailable: { status: 503 },
} as const
export type ProblemKind = keyof typeof PROBLEMS

type ProblemWords = { title: string; detail: string }

const WORDS: InEveryLanguage<Readonly<Record<ProblemKind, ProblemWords>>> = {
  en: {
    unauthenticated: { title: 'Sign in first', detail: 'This needs a signed-in person or a valid API key.' },
    forbidden: {
      title: 'Your role does not include this',
      detail:
        'Nothing was changed. An owner of the workspace can do it, or give you a role that includes it.',
    },
    forbidden_to_key: {
      title: 'This key does not include this',
      detail:
        'Nothing was changed. A key may at most what its owner may, within the role and the tenants it is limited to, and some things are for people alone.',
    },
    cross_site: {
      title: 'This request came from another site',
      detail: 'Nothing was changed. Open the page here and try again.',
    },
    not_found: {
      title: 'Not found',
      detail:
        'There is nothing at this address, or nothing that you can see. Check the address, or ask an owner of the workspace.',
    },
    method_not_allowed: {
      title: 'Not possible this way',
      detail: 'This address does not take such a request.',
    },
    not_acceptable: {
      title: 'No such representation',
      detail: 'This address answers as HTML or JSON; the request accepts neither.',
    },
    key_undecided: {
      title: 'Still being decided',
      detail: 'An earlier request with the same Idempotency-Key has no answer yet. Repeat it in a moment.',
    },
    line_full: {
      title: 'Too many starts wait already',
      detail:
        'Nothing was started. As many starts wait for this directory as may; one more fits in when one of them has had its turn.',
    },
    onboarding_stale: {
      title: 'This onboarding was changed meanwhile',
      detail: 'Nothing was changed. Look at what is so now, and send it again with the current version.',
    },
    onboarding_ended: {
      title: 'This onboarding has ended',
      detail: 'Nothing was changed or started. What has ended can be looked at, and begun anew.',
    },
    onboarding_not_there_yet: {
      title: 'An earlier step comes first',
      detail: 'Nothing was changed or started. The page of the onboarding says what is missing.',
    },
    not_now: { title: 'Not possible now', detail: 'Nothing was changed.' },
    gone: {
      title: 'This link is not good any more',
      detail: 'It was used, withdrawn, or is past its time. Ask the person who sent it for a new one.',
    },
    too_large: {
      title: 'Too large',
      detail: 'The request body is larger than is taken here. Nothing was changed.',
    },
    unsupported_media_type: {
      title: 'Unknown content type',
      detail: 'Send application/json or a form. Nothing was changed.',
    },
    malformed: {
      title: 'Some fields are not right',
      detail: 'Nothing was changed. Each field is named below.',
    },
    key_reused: {
      title: 'This Idempotency-Key was used for another request',
      detail: 'Nothing was changed. Use a new key for a new request.',
    },
    too_many: { title: 'Too many starts', detail: 'Nothing was started. Wait a moment and try again.' },
    too_many_attempts: {
      title: 'Too many attempts',
      detail: 'Nothing was changed. Wait a minute and try again.',
    },
    too_many_streams: {
      title: 'Too many live streams',
      detail: 'Close other windows, or ask in intervals. Pages keep themselves fresh that way too.',
    },
    unavailable: {
      title: 'Not known to have started',
      detail:
        'Something on our side did not answer, so nothing is known to have started. Repeating it is safe.',
    },
  },
  de: {
    unauthenticated: {
      title: 'Bitte zuerst anmelden',
      detail: 'Dafür braucht es eine Anmeldung oder einen gültigen API-Schlüssel.',
    },
    forbidden: {
      title: 'Die eigene Rolle umfasst das nicht',
      detail:
        'Es wurde nichts geändert. Ein Besitzer des Arbeitsbereichs kann es tun oder eine passende Rolle vergeben.',
    },
    forbidden_to_key: {
      title: 'Dieser Schlüssel umfasst das nicht',
      detail:
        'Es wurde nichts geändert. Ein Schlüssel darf höchstens, was sein Besitzer darf, mit der Rolle und den Mandanten, auf die er beschränkt ist; manches ist Personen vorbehalten.',
    },
    cross_site: {
      title: 'Diese Anfrage kam von einer anderen Website',
      detail: 'Es wurde nichts geändert. Bitte die Seite hier öffnen und erneut versuchen.',
    },
    not_found: {
      title: 'Nicht gefunden',
      detail:
        'Unter dieser Adresse gibt es nichts, oder nichts Sichtbares. Adresse prüfen oder einen Besitzer des Arbeitsbereichs fragen.',
    },
    method_not_allowed: {
      title: 'So nicht möglich',
      detail: 'Diese Adresse nimmt eine solche Anfrage nicht an.',
    },
    not_acceptable: {
      title: 'Keine solche Darstellung',
      detail: 'Diese Adresse antwortet als HTML oder JSON; die Anfrage akzeptiert keines von beiden.',
    },
    key_undecided: {
      title: 'Wird noch entschieden',
      detail:
        'Eine frühere Anfrage mit demselben Idempotency-Key ist noch ohne Antwort. Bitte gleich wiederholen.',
    },
    line_full: {
      title: 'Es warten schon zu viele Starts',
      detail:
        'Es wurde nichts gestartet. Auf dieses Verzeichnis warten so viele Starts wie möglich; sobald einer an der Reihe war, ist wieder Platz.',
    },
    onboarding_stale: {
      title: 'Dieses Onboarding wurde inzwischen geändert',
      detail:
        'Es wurde nichts geändert. Bitte den jetzigen Stand ansehen und mit der aktuellen Version erneut senden.',
    },
    onboarding_ended: {
      title: 'Dieses Onboarding ist beendet',
      detail:
        'Es wurde nichts geändert und nichts gestartet. Es lässt sich noch ansehen und von vorn beginnen.',
    },
    onboarding_not_there_yet: {
      title: 'Zuerst kommt ein früherer Schritt',
      detail:
        'Es wurde nichts geändert und nichts gestartet. Die Seite des Onboardings sagt, was noch fehlt.',
    },
    not_now: { title: 'Jetzt nicht möglich', detail: 'Es wurde nichts geändert.' },
    gone: {
      title: 'Dieser Link gilt nicht mehr',
      detail:
        'Er wurde benutzt, zurückgezogen oder ist abgelaufen. Wer ihn geschickt hat, kann einen neuen schicken.',
    },
    too_large: {
      title: 'Zu groß',
      detail: 'Der Inhalt der Anfrage ist größer, als hier angenommen wird. Es wurde nichts geändert.',
    },
    unsupported_media_type: {
      title: 'Unbekannter Inhaltstyp',
      detail: 'Bitte application/json oder ein Formular senden. Es wurde nichts geändert.',
    },
    malformed: {
      title: 'Einige Felder stimmen nicht',
      detail: 'Es wurde nichts geändert. Die Felder sind unten genannt.',
    },
    key_reused: {
      title: 'Dieser Idempotency-Key gehört zu einer anderen Anfrage',
      detail: 'Es wurde nichts geändert. Für eine neue Anfrage bitte einen neuen Schlüssel verwenden.',
    },
    too_many: { title: 'Zu viele Starts', detail: 'Es wurde nichts gestartet. Bitte einen Moment warten.' },
    too_many_attempts: {
      title: 'Zu viele Versuche',
      detail: 'Es wurde nichts geändert. Bitte eine Minute warten und erneut versuchen.',
    },
    too_many_streams: {
      title: 'Zu viele Live-Verbindungen',
      detail:
        'Bitte andere Fenster schließen oder in Abständen nachfragen. Auch so bleiben Seiten auf dem neuesten Stand.',
    },
    unavailable: {
      title: 'Nicht bekannt, ob gestartet',
      detail:
        'Auf unserer Seite blieb eine Antwort aus; es ist nicht bekannt, dass etwas gestartet wurde. Wiederholen ist gefahrlos.',
    },
  },
}

/**
 * Answers a request with a problem: a problem document (RFC 9457) for programs, a page for people, a
 * callout where a page swaps it in. The body never carries a correlation id; a header does.
 */
export function problem(
  web: Web,
  c: Request,
  kind: ProblemKind,
  issues: readonly FieldIssue[] = [],
): Response | Promise<Response> {
  const { status } = PROBLEMS[kind]
  const { language } = c.var.reader
  const isKey = c.var.who?.actor.kind === 'api_key'
  const { detail, title } = WORDS[language][kind === 'forbidden' && isKey ? 'forbidden_to_key' : kind]
  if (status === 429 || status === 503) c.header('Retry-After', '5')
  if (status === 413) c.header('Connection', 'close') // the rest of the body was never read
  if (status === 401) c.header('WWW-Authenticate', 'Bearer')
  if (representationFor(c, ANY_JSON) !== 'html') {
    const errors = issues.map(({ detail: text, pointer }) => ({ pointer, detail: text }))
    const body = { type: 'about:blank', title, status, detail, ...(errors.length > 0 && { errors }) }
    return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' })
  }
  if (c.req.header('hx-request'))
    return c.html(<ProblemNote title={title} detail={detail} issues={issues} />, status)
  return c.html(
    <ProblemPage
      language={language}
      assets={web.assets}
      {...themeOf(c)}
      problem={{ status, title, text: detail, children: <WhatNow c={c} issues={issues} /> }}
    />,
    status,
  )
}

/** On a problem's page: each wrong field by its name, and the way back for somebody signed in. */
const WhatNow = ({ c, issues }: { c: Request; issues: readonly FieldIssue[] }) => {
  const words = webWords(c.var.reader.language)
  return (
    <>
      {issues.length > 0 && (
        <ul class="w-full list-disc ps-5 text-ink-2">
          {issues.map(({ detail, pointer }) => (
            <li>
              {pointer && <code>{pointer.slice(1)}</code>} {detail}
            </li>
          ))}
        </ul>
      )}
      {c.var.who && <LinkButton href="/admin">{words.backTo(words.nav.overview)}</LinkButton>}
    </>
  )
}

/** The theme attribute for whole documents of this request. */
export const themeOf = (c: Request) =>
  c.var.reader.theme ? { theme: `pilot-${c.var.reader.theme}` as const } : {}

const ProblemNote = ({
  detail,
  issues,
  title,
}: {
  title: string
  detail: string
  issues: readonly FieldIssue[]
}) => (
  <Answer
    kind="blocked"
    word={`${title}.`}
    sentence={detail}
    {...(issues.length > 0 && {
      meta: issues.map((issue) => `${issue.pointer}: ${issue.detail}`).join(' · '),
    })}
  />
)
