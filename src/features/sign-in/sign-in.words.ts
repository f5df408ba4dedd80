import type { InEveryLanguage, Language } from '../../kernel/index.ts'

interface SignInWords {
  readonly title: string
  readonly email: string
  readonly password: string
  readonly passwordHint: string
  readonly submit: string
  readonly failed: Readonly<Record<'wrong' | 'too_many', string>>
  readonly forgotten: string
  readonly code: {
    readonly title: string
    readonly lead: string
    readonly label: string
    readonly hint: string
    readonly submit: string
    readonly other: string
    readonly failed: Readonly<Record<'wrong' | 'too_many', string>>
  }
  readonly demo: (password: string) => string
  readonly choose: string
  readonly noWorkspace: string
  readonly setUp: string
  readonly setUpLead: string
  readonly setUpSubmit: string
  readonly mend: string
  readonly name: string
  readonly workspace: string
  readonly workspaceHint: string
  readonly faults: Readonly<Record<'name' | 'email' | 'workspace' | 'password', string>>
}

const WORDS: InEveryLanguage<SignInWords> = {
  en: {
    title: 'Sign in',
    email: 'E-mail',
    password: 'Password',
    passwordHint: 'At least 12 characters.',
    submit: 'Sign in',
    failed: {
      wrong: 'E-mail or password is not right.',
      too_many: 'Too many attempts. Wait a minute and try again.',
    },
    forgotten: 'Forgot it?',
    code: {
      title: 'Two-factor authentication',
      lead: 'Your password is right. Now the code that your authenticator app shows.',
      label: 'Code',
      hint: '6 digits from the app, or one of your backup codes.',
      submit: 'Sign in',
      other: 'Sign in as somebody else',
      failed: {
        wrong: 'This code is not right, or its time is over. Give the one that the app shows now.',
        too_many: 'Too many attempts. Wait a while and sign in again.',
      },
    },
    demo: (password) => `This is a demonstration. Every password is ${password}; sign in as one of`,
    choose: 'Choose a workspace',
    noWorkspace: 'You belong to no workspace yet. Ask an owner to invite you.',
    setUp: 'Set up TenantPilot',
    setUpLead: 'You become the owner of the first workspace. This link works once.',
    setUpSubmit: 'Set up and sign in',
    mend: 'Some fields are not right',
    name: 'Your name',
    workspace: 'Workspace',
    workspaceHint: 'The organisation that operates the tenants, such as Contoso MSP.',
    faults: {
      name: 'Give your name, up to 200 characters.',
      email: 'Give an e-mail address such as you@example.com.',
      workspace: 'Give the workspace a name, up to 200 characters.',
      password: 'Choose a password of 12 to 200 characters.',
    },
  },
  de: {
    title: 'Anmelden',
    email: 'E-Mail',
    password: 'Passwort',
    passwordHint: 'Mindestens 12 Zeichen.',
    submit: 'Anmelden',
    failed: {
      wrong: 'E-Mail oder Passwort stimmt nicht.',
      too_many: 'Zu viele Versuche. Bitte eine Minute warten.',
    },
    forgotten: 'Vergessen?',
    code: {
      title: 'Zwei-Faktor-Authentifizierung',
      lead: 'Das Passwort stimmt. Nun bitte den Code angeben, den die Authentifizierungs-App anzeigt.',
      label: 'Code',
      hint: '6 Ziffern aus der App oder einer der Sicherungscodes.',
      submit: 'Anmelden',
      other: 'Mit einer anderen Adresse anmelden',
      failed: {
        wrong: 'Dieser Code stimmt nicht oder ist abgelaufen. Bitte den angeben, den die App jetzt anzeigt.',
        too_many: 'Zu viele Versuche. Bitte etwas warten und sich erneut anmelden.',
      },
    },
    demo: (password) => `Dies ist eine Vorführung. Jedes Passwort lautet ${password}; anmelden als`,
    choose: 'Arbeitsbereich wählen',
    noWorkspace: 'Noch keinem Arbeitsbereich zugeordnet. Ein Besitzer kann einladen.',
    setUp: 'TenantPilot einrichten',
    setUpLead: 'Damit entsteht der erste Arbeitsbereich samt Besitzer. Dieser Link gilt einmal.',
    setUpSubmit: 'Einrichten und anmelden',
    mend: 'Einige Felder stimmen nicht',
    name: 'Eigener Name',
    workspace: 'Arbeitsbereich',
    workspaceHint: 'Die Organisation, die die Mandanten betreut, etwa Contoso MSP.',
    faults: {
      name: 'Bitte einen Namen mit höchstens 200 Zeichen angeben.',
      email: 'Bitte eine E-Mail-Adresse wie name@example.com angeben.',
      workspace: 'Bitte den Arbeitsbereich benennen, höchstens 200 Zeichen.',
      password: 'Bitte ein Passwort mit 12 bis 200 Zeichen wählen.',
    },
  },
}

/** The words of signing in and setting up in one language. */
export const signInWords = (language: Language): SignInWords => WORDS[language]
