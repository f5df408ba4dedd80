import type { AnsweredRequest, Traffic } from '../traffic.ts'

const SHOWN = 25

/** Who asked what of a directory lately, newest first, and whether anybody came too early. */
export function RequestsCard({ traffic, address }: { traffic: Traffic; address: string }) {
  const { counts, lately } = traffic
  return (
    <section class="card" aria-labelledby="requests">
      <h2 id="requests">Requests lately</h2>
      {lately.length === 0 ? (
        <p class="quiet">Nobody has asked Graph about this directory yet.</p>
      ) : (
        <>
          <p>
            {counts.requests} requests, of which {counts.tooEarly} came although their application had been
            told to wait longer.
          </p>
          <p class="quiet">
            {Object.entries(counts.byStatus)
              .map(([status, count]) => `${status}: ${count}`)
              .join(' · ')}
          </p>
          <table class="stacked">
            <thead>
              <tr>
                <th>UTC</th>
                <th>Request</th>
                <th>Answer</th>
              </tr>
            </thead>
            <tbody>{lately.slice(-SHOWN).reverse().map(Row)}</tbody>
          </table>
          <form method="post" action={`${address}/forget`}>
            <button type="submit" class="plain">
              Forget these requests
            </button>
          </form>
        </>
      )}
    </section>
  )
}

function Row(request: AnsweredRequest) {
  const { at, isTooEarly, method, path } = request
  return (
    <tr>
      <td>
        <time dateTime={at}>{at.slice(11, 23)}</time>
      </td>
      <td>
        <code>
          {method} {path}
        </code>
        {isTooEarly ? <strong> came too early</strong> : null}
      </td>
      <td>{answerOf(request)}</td>
    </tr>
  )
}

function answerOf({ delivery, isBatched, status, waitUntil }: AnsweredRequest): string {
  const facts = [
    String(status),
    isBatched && 'in a batch',
    waitUntil && `wait until ${waitUntil.slice(11, 23)}`,
    delivery === 'dropped' && 'the answer was lost',
    delivery === 'cut' && 'half of the answer was lost',
  ]
  return facts.filter(Boolean).join(', ')
}
