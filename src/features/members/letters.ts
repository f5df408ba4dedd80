import { type InEveryLanguage, type Language, legible } from '../../kernel/index.ts'
import type { Letter } from '../../mail/index.ts'

interface InvitationLetter {
  readonly email: string
  readonly inviter: string
  readonly workspace: string
  readonly link: string
  /** In the language of the one who invites: that of the invited is not known. */
  readonly until: string
}

type Written = (letter: InvitationLetter) => Omit<Letter, 'to'>

const WRITTEN: InEveryLanguage<Written> = {
  en: ({ inviter, link, until, workspace }) => ({
    subject: `Invitation to ${workspace} on TenantPilot`,
    text: `${inviter} invites you to work in ${workspace} on TenantPilot.

Open this link to accept:

${link}

It is for you alone, works once, and is good until ${until}. If you did not expect this, do nothing.
`,
  }),
  de: ({ inviter, link, until, workspace }) => ({
    subject: `Einladung zu ${workspace} in TenantPilot`,
    text: `${inviter} lädt ein, im Arbeitsbereich ${workspace} in TenantPilot mitzuarbeiten.

Mit diesem Link lässt sich die Einladung annehmen:

${link}

Er ist persönlich, funktioniert einmal und gilt bis ${until}. Wer nicht damit gerechnet hat, braucht nichts zu tun.
`,
  }),
}

/** The letter that carries an invitation's link. */
export const invitationLetter = (language: Language, letter: InvitationLetter): Letter => {
  const names = { inviter: legible(letter.inviter), workspace: legible(letter.workspace) }
  return { to: letter.email, ...WRITTEN[language]({ ...letter, ...names }) }
}
