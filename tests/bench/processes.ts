import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process of a benchmark that answers one question after the other. */
export interface Asked<Question> {
  ask<Answer>(question: Question): Promise<Answer>
  end(): void
}

/** Starts a file of this folder as a process of its own, with flags for its Node. */
export function processOf<Question extends object>(
  file: string,
  flags: readonly string[] = [],
): Asked<Question> {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: [...flags, '--import', 'tsx'],
  })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${code}`)
  })
  ended.catch(() => {})
  return {
    async ask(question) {
      child.send(question)
      const [answer] = await Promise.race([once(child, 'message'), ended])
      return answer
    },
    end: () => void child.kill(),
  }
}
