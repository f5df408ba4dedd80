import type { Db } from '../../database/index.ts'
import { decideStart, type StartFacts } from '../gate/index.ts'
import { decisionsAfter, type RecordedDecision } from './broken.sql.ts'
import type { Offence } from './offences.sql.ts'

/** Recorded decisions whose facts would be decided differently today. */
export async function decisionsThatReplayDifferently(db: Db): Promise<Offence[]> {
  const found: Offence[] = []
  let last = 0
  for (;;) {
    const decisions = await decisionsAfter(db, last)
    for (const decision of decisions) {
      const today = decidedToday(decision.facts)
      if (today !== recorded(decision))
        found.push({
          row: `audit record ${decision.id}`,
          says: `says ${recorded(decision)}, and its facts say ${today}`,
        })
    }
    const [newest] = decisions.slice(-1)
    if (!newest) return found
    last = newest.id
  }
}

/** What a decision on recorded facts is today; records may be older than this code and tell too little. */
function decidedToday(facts: unknown): string {
  try {
    const verdict = decideStart(facts as StartFacts)
    return verdict.kind === 'blocked' ? `blocked (${verdict.reason.code})` : verdict.kind
  } catch {
    return 'too little to decide'
  }
}

const recorded = ({ outcome, reasonCode }: RecordedDecision): string =>
  outcome === 'blocked' ? `blocked (${reasonCode})` : outcome
