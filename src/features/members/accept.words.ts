import type { InEveryLanguage, Language } from '../../kernel/index.ts'

const EN = {
  title: (workspace: string) => `Join ${workspace}`,
  lead: (inviter: string, role: string) => `${inviter} invites you, as ${role}.`,
  forAddress: 'For',
  new: {
    lead: 'Choose your name and a password; with this address you sign in from now on.',
    name: 'Your name',
    email: 'E-mail',
    password: 'Password',
    passwordHint: 'At least 12 characters.',
    submit: 'Join and sign in',
    faults: {
      name: 'Give your name, up to 200 characters.',
      password: 'Choose a password of 12 to 200 characters.',
    },
    wrong: 'Some fields are not right',
  },
  known: {
    lead: (email: string) => `Sign in as ${email} to accept.`,
    submit: 'Sign in',
  },
  confirm: {
    lead: (email: string) => `You are signed in as ${email}.`,
    submit: 'Join',
  },
  other: {
    title: 'This invitation is for somebody else',
    text: (invited: string, own: string) =>
      `It is for ${invited}, and you are signed in as ${own}. Sign out, and open the link again.`,
    submit: 'Sign out',
  },
  used: {
    title: 'This invitation was accepted already',
    text: 'It works once. If it was you, just sign in.',
    submit: 'Sign in',
  },
  over: {
    title: 'This invitation is not good any more',
    text: 'It was withdrawn, or its 7 days are over. Ask the person who sent it for a new one.',
  },
}

const DE: typeof EN = {
  title: (workspace) => `${workspace} beitreten`,
  lead: (inviter, role) => `${inviter} lädt ein. Rolle: ${role}.`,
  forAddress: 'Für',
  new: {
    lead: 'Bitte Namen und Passwort wählen; mit dieser Adresse geht die Anmeldung von nun an.',
    name: 'Eigener Name',
    email: 'E-Mail',
    password: 'Passwort',
    passwordHint: 'Mindestens 12 Zeichen.',
    submit: 'Beitreten und anmelden',
    faults: {
      name: 'Bitte einen Namen mit höchstens 200 Zeichen angeben.',
      password: 'Bitte ein Passwort mit 12 bis 200 Zeichen wählen.',
    },
    wrong: 'Einige Felder stimmen nicht',
  },
  known: {
    lead: (email) => `Zum Annehmen bitte als ${email} anmelden.`,
    submit: 'Anmelden',
  },
  confirm: {
    lead: (email) => `Angemeldet als ${email}.`,
    submit: 'Beitreten',
  },
  other: {
    title: 'Diese Einladung gilt jemand anderem',
    text: (invited, own) =>
      `Sie gilt für ${invited}, angemeldet ist ${own}. Bitte abmelden und den Link erneut öffnen.`,
    submit: 'Abmelden',
  },
  used: {
    title: 'Diese Einladung wurde bereits angenommen',
    text: 'Sie funktioniert einmal. Wer sie selbst angenommen hat, kann sich einfach anmelden.',
    submit: 'Anmelden',
  },
  over: {
    title: 'Diese Einladung gilt nicht mehr',
    text: 'Sie wurde zurückgezogen, oder ihre 7 Tage sind vorbei. Wer sie geschickt hat, kann eine neue schicken.',
  },
}

const WORDS: InEveryLanguage<typeof EN> = { en: EN, de: DE }

/** The words of accepting an invitation in one language. */
export const acceptWords = (language: Language): typeof EN => WORDS[language]
