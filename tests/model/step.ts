import type { AsyncCommand } from 'fast-check'
import { expectAgreement } from './agreement.ts'
import type { Model } from './model.ts'
import type { Real } from './real.ts'

/** One step of a sequence, in the model and in the real system; printed as the code that repeats it. */
export type Step = AsyncCommand<Model, Real>

/** How often each thing happened in all sequences: what never happens is not tested. */
const happened = new Map<string, number>()
let quiet = false
export const note = (what: string): void => {
  if (!quiet) happened.set(what, (happened.get(what) ?? 0) + 1)
}
export const whatHappened = (): ReadonlyMap<string, number> => happened

/** What every sequence ends with is not counted. */
export async function quietly(work: () => Promise<void>): Promise<void> {
  quiet = true
  try {
    await work()
  } finally {
    quiet = false
  }
}

export interface StepParts {
  /** Whether the step makes sense here; otherwise it is left out. */
  readonly possible: (model: Model) => boolean
  readonly play: (model: Model, real: Real) => Promise<void>
}

/** A kind of step, by its name. After each of its steps the database has to agree with the model. */
export const kindOfStep =
  <Given extends readonly unknown[]>(name: string, parts: (...given: Given) => StepParts) =>
  (...given: Given): Step => {
    const { play, possible } = parts(...given)
    return {
      check: possible,
      async run(model, real) {
        note(name)
        await play(model, real)
        await expectAgreement(model, real)
      },
      toString: () => `${name}(${given.map((one) => JSON.stringify(one)).join(', ')})`,
    }
  }

/** One of several, by any number. */
export function pick<Member>(list: readonly Member[], number: number): Member {
  const member = list[number % list.length]
  if (member === undefined) throw new Error('There is nothing to pick from')
  return member
}
