import { type RawBuilder, sql } from 'kysely'

/** A value as a jsonb parameter, the same for both drivers (`pg` would turn lists into arrays of its own). */
export const jsonb = (value: unknown): RawBuilder<never> => sql<never>`${JSON.stringify(value)}::text::jsonb`

/** A list of texts as a text[] parameter, the same for both drivers. */
export const textArray = (values: readonly string[]): RawBuilder<string[]> =>
  sql<string[]>`array(select jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb))`
