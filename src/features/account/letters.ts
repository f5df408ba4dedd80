/** Of which ended operations a person is told by e-mail: none, those that need somebody, or all. */
export const LETTERS = ['never', 'attention', 'always'] as const
export type Letters = (typeof LETTERS)[number]

/** Reads what was chosen; null when it is none of them. */
export const readLetters = (text: string | undefined): Letters | null =>
  LETTERS.find((each) => each === text) ?? null
