import type { InEveryLanguage } from '../../kernel/index.ts'

/** The fields that a start may carry. */
export type FieldName = 'providerConnectionId' | 'sourceSurface' | 'targetContext'

interface BodyWords {
  readonly notUtf8: string
  readonly notJson: string
  readonly notAnObject: string
  readonly tooDeep: (levels: number) => string
  readonly badKey: string
  readonly badSelection: (known: readonly string[]) => string
  readonly noTypes: (known: readonly string[]) => string
  readonly badType: (known: readonly string[]) => string
  /** Of the fields of a bootstrap. */
  readonly noConnection: string
  readonly anotherConnection: string
  readonly noOperations: string
  readonly notInBootstrap: (known: readonly string[]) => string
  readonly notYours: string
  readonly repeated: string
  readonly nothingLeft: string
  readonly fields: Readonly<Record<FieldName, string>>
}

/** What is wrong with a body or a field of it. */
export const BODY_WORDS: InEveryLanguage<BodyWords> = {
  en: {
    notUtf8: 'The body is not UTF-8.',
    notJson: 'The body is not JSON.',
    notAnObject: 'The body has to be a JSON object.',
    tooDeep: (levels) => `The body is nested deeper than ${levels} levels.`,
    badKey: 'The Idempotency-Key has to be 1 to 255 characters long.',
    badSelection: (known) => `Give ${listOf(known, 'or')}, or leave it out.`,
    noTypes: (known) => `Give an array of at least one of ${listOf(known, 'and')}, or leave it out.`,
    badType: (known) => `Give one of ${listOf(known, 'and')}.`,
    noConnection: 'Give the number of the connection that the onboarding has chosen.',
    anotherConnection: 'The onboarding has chosen another connection.',
    noOperations: 'Choose at least one operation.',
    notInBootstrap: (known) => `Give one of ${listOf(known, 'and')}.`,
    notYours: 'Your role does not include this operation.',
    repeated: 'Name each operation once.',
    nothingLeft: 'Everything that was chosen has finished already.',
    fields: {
      providerConnectionId: 'Give the number of a connection, or leave it out.',
      sourceSurface: 'Give plain text of at most 100 characters, without control characters.',
      targetContext: 'Give a JSON object, or leave it out.',
    },
  },
  de: {
    notUtf8: 'Der Inhalt ist nicht UTF-8.',
    notJson: 'Der Inhalt ist kein JSON.',
    notAnObject: 'Der Inhalt muss ein JSON-Objekt sein.',
    tooDeep: (levels) => `Der Inhalt ist tiefer als ${levels} Ebenen verschachtelt.`,
    badKey: 'Der Idempotency-Key muss 1 bis 255 Zeichen lang sein.',
    badSelection: (known) => `Bitte ${listOf(known, 'oder')} angeben oder das Feld weglassen.`,
    noTypes: (known) =>
      `Bitte eine Liste mit mindestens einem von ${listOf(known, 'und')} angeben oder das Feld weglassen.`,
    badType: (known) => `Bitte eines von ${listOf(known, 'und')} angeben.`,
    noConnection: 'Bitte die Nummer der Verbindung angeben, die im Onboarding gewählt ist.',
    anotherConnection: 'Im Onboarding ist eine andere Verbindung gewählt.',
    noOperations: 'Bitte mindestens einen Vorgang wählen.',
    notInBootstrap: (known) => `Bitte einen von ${listOf(known, 'und')} angeben.`,
    notYours: 'Die eigene Rolle umfasst diesen Vorgang nicht.',
    repeated: 'Bitte jeden Vorgang nur einmal nennen.',
    nothingLeft: 'Alles, was gewählt wurde, ist bereits beendet.',
    fields: {
      providerConnectionId: 'Bitte die Nummer einer Verbindung angeben oder das Feld weglassen.',
      sourceSurface: 'Bitte einfachen Text mit höchstens 100 Zeichen und ohne Steuerzeichen angeben.',
      targetContext: 'Bitte ein JSON-Objekt angeben oder das Feld weglassen.',
    },
  },
}

function listOf(known: readonly string[], or: string): string {
  const last = known.at(-1) ?? ''
  return known.length < 2 ? last : `${known.slice(0, -1).join(', ')} ${or} ${last}`
}
