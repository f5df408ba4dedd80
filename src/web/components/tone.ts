/** Tone answers one question: must somebody act? */
export type Tone = 'live' | 'good' | 'act' | 'broken' | 'rest'

/** The class that lets everything inside read this tone. */
export const toneClass = (tone: Tone): string => `tone-${tone}`
