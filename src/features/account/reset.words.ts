import type { InEveryLanguage, Language } from '../../kernel/index.ts'

const EN = {
  forgot: {
    title: 'Forgot your password?',
    lead: 'We send a link to your address under which you choose a new one.',
    email: 'E-mail',
    emailFault: 'Give an e-mail address such as you@example.com.',
    submit: 'Send the link',
    wrong: 'Some fields are not right',
    byHand:
      'This installation sends no e-mail. Ask an owner of your workspace: on your page under Members they can make a link under which you choose a new password.',
    sent: 'A letter may be on its way',
    sentText: (email: string) =>
      `If somebody signs in with ${email}, a link went there. It is good for one hour and works once.`,
    back: 'Back to sign-in',
  },
  reset: {
    title: 'Choose a new password',
    lead: (email: string) => `For ${email}. Every session of this account ends.`,
    password: 'New password',
    hint: 'At least 12 characters.',
    fault: 'Choose a password of 12 to 200 characters.',
    submit: 'Set the password',
    wrong: 'Some fields are not right',
    over: 'This link is not good',
    overText: 'It was used, it is past its time, or there never was such a link.',
    again: 'Ask for a new one',
  },
  letter: {
    subject: 'A new password for TenantPilot',
    text: (name: string, link: string) => `Hello ${name},

open this link to choose a new password:

${link}

It is good for one hour and works once. If you did not ask for it, do nothing: your password stays as it is.
`,
  },
}

const DE: typeof EN = {
  forgot: {
    title: 'Passwort vergessen?',
    lead: 'An die angegebene Adresse geht ein Link, unter dem sich ein neues wählen lässt.',
    email: 'E-Mail',
    emailFault: 'Bitte eine E-Mail-Adresse wie name@example.com angeben.',
    submit: 'Link schicken',
    wrong: 'Einige Felder stimmen nicht',
    byHand:
      'Diese Installation verschickt keine E-Mails. Ein Besitzer des Arbeitsbereichs kann helfen: Unter Mitglieder kann er einen Link erstellen, unter dem sich ein neues Passwort wählen lässt.',
    sent: 'Eine E-Mail ist vielleicht unterwegs',
    sentText: (email) =>
      `Falls sich jemand mit ${email} anmeldet, ging ein Link dorthin. Er gilt eine Stunde und funktioniert einmal.`,
    back: 'Zurück zur Anmeldung',
  },
  reset: {
    title: 'Neues Passwort wählen',
    lead: (email) => `Für ${email}. Alle Sitzungen dieses Kontos enden.`,
    password: 'Neues Passwort',
    hint: 'Mindestens 12 Zeichen.',
    fault: 'Bitte ein Passwort mit 12 bis 200 Zeichen wählen.',
    submit: 'Passwort setzen',
    wrong: 'Einige Felder stimmen nicht',
    over: 'Dieser Link gilt nicht',
    overText: 'Er wurde benutzt, ist abgelaufen, oder es gab ihn nie.',
    again: 'Einen neuen anfordern',
  },
  letter: {
    subject: 'Ein neues Passwort für TenantPilot',
    text: (name, link) => `Hallo ${name},

mit diesem Link lässt sich ein neues Passwort wählen:

${link}

Er gilt eine Stunde und funktioniert einmal. Wer ihn nicht angefordert hat, braucht nichts zu tun: Das Passwort bleibt, wie es ist.
`,
  },
}

const WORDS: InEveryLanguage<typeof EN> = { en: EN, de: DE }

/** The words of a forgotten password in one language. */
export const resetWords = (language: Language): typeof EN => WORDS[language]
