/** The languages of the interface; every text exists in each of them, or it does not compile. */
export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]

/** One text, or one set of texts, in every language. */
export type InEveryLanguage<Text> = Readonly<Record<Language, Text>>

export const isLanguage = (value: unknown): value is Language => LANGUAGES.includes(value as Language)
