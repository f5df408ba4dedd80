/** How far back the page looks, in days. */
export const RANGES = [7, 30, 90, 365] as const
export type Range = (typeof RANGES)[number]

export const USUAL_RANGE: Range = 30

/** The range that an address names; undefined for a text that names none. */
export const readRange = (text: string): Range | undefined => RANGES.find((days) => String(days) === text)

/** A week is told snapshot by snapshot; of longer times every day has its last one. */
export const isPerDay = (range: Range): boolean => range > 7
