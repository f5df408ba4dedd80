import { FilterBar, Part, toneClass } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { type ChartFrame, layOut } from './chart.ts'
import { ChartPicture, LineMark } from './chart-picture.tsx'
import { complianceWords } from './compliance.words.ts'
import { LINES, onLine } from './lines.ts'
import { isPerDay, RANGES, type Range, USUAL_RANGE } from './range.ts'
import { dayOf } from './short-day.ts'
import type { Snapshot } from './snapshots.sql.ts'

interface OverTimeProps {
  /** The address of the page. */
  href: string
  range: Range
  /** Oldest first. */
  snapshots: readonly Snapshot[]
  reader: Reader
}

const AT_A_DESK: ChartFrame = {
  width: 660,
  height: 300,
  left: 44,
  right: 136,
  top: 22,
  bottom: 26,
  dates: 5,
}
const ON_A_PHONE: ChartFrame = {
  width: 358,
  height: 250,
  left: 40,
  right: 132,
  top: 22,
  bottom: 26,
  dates: 3,
}

/** How the devices stood over time: lines for those that do not comply, and beside them the same as numbers. */
export const OverTime = ({ href, range, reader, snapshots }: OverTimeProps) => {
  const words = complianceWords(reader.language)
  const points = snapshots.map(({ at, states }) => ({
    at: at.getTime(),
    values: LINES.map(({ name }) => onLine(name, states)),
  }))
  const desk = layOut(points, AT_A_DESK)
  const phone = layOut(points, ON_A_PHONE)
  const chips = RANGES.map((days) => ({
    href: days === USUAL_RANGE ? href : `${href}?days=${days}`,
    label: words.ranges[days] ?? '',
    on: days === range,
  }))
  return (
    <Part id="history" title={words.history} {...(isPerDay(range) && { lead: words.perDay })}>
      <FilterBar label={words.range} chips={chips} />
      {desk && phone ? (
        <div class="over-time mt-4">
          <figure class="min-w-0">
            <figcaption class="mb-1 text-ui text-ink-2">{words.chart.caption}</figcaption>
            <ChartPicture id="chart" class="max-md:hidden" chart={desk} reader={reader} />
            <ChartPicture id="chart-small" class="md:hidden" chart={phone} reader={reader} />
            {points.length === 1 && <p class="sub mt-2">{words.chart.one}</p>}
          </figure>
          <Numbers snapshots={snapshots} range={range} reader={reader} />
        </div>
      ) : (
        <p class="mt-4 text-ui text-ink-2">{words.chart.none(words.ranges[range] ?? '')}</p>
      )}
    </Part>
  )
}

/** The numbers of the chart; a long table is scrolled in its place, by the keyboard too. */
const Numbers = ({ range, reader, snapshots }: Pick<OverTimeProps, 'range' | 'reader' | 'snapshots'>) => {
  const words = complianceWords(reader.language)
  const said = (at: Date) =>
    isPerDay(range) ? dayOf(at, reader) : `${dayOf(at, reader)}, ${reader.clock(at).slice(0, 5)}`
  return (
    <section class="over-time-numbers" aria-label={words.table.caption} tabindex={0}>
      <table class="numbers">
        <caption class="sr-only">{words.table.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.table.snapshot}</th>
            <th scope="col" class="num">
              {words.table.comply}
            </th>
            {LINES.map((look) => (
              <th scope="col" class="num">
                <svg
                  class={`size-2.5 mb-1 ml-auto marks-key ${toneClass(look.tone)}`}
                  viewBox="-5 -5 10 10"
                  aria-hidden="true"
                >
                  <LineMark look={look} spot={{ x: 0, y: 0 }} />
                </svg>
                {words.lines[look.name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {snapshots.toReversed().map(({ at, states }) => (
            <tr>
              <th scope="row" class="!font-normal">
                <time datetime={at.toISOString()} title={reader.exact(at)}>
                  {said(at)}
                </time>
              </th>
              <td class="num font-medium">{reader.count(states.compliant)}</td>
              {LINES.map(({ name }) => (
                <td class="num text-ink-2">{reader.count(onLine(name, states))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
