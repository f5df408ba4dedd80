import { toneClass } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import type { Chart, ChartLine, Spot } from './chart.ts'
import { complianceWords } from './compliance.words.ts'
import { LINES } from './lines.ts'
import { dayOf } from './short-day.ts'

interface ChartPictureProps {
  /** Unique on its page. */
  id: string
  class: string
  chart: Chart
  reader: Reader
}

type Line = (typeof LINES)[number]

/** The chart as a picture: lines differ by dash and mark, each is named at its end, and a gap is no line. */
export const ChartPicture = ({ chart, class: look, id, reader }: ChartPictureProps) => {
  const { dates, frame, gaps, heights, lines } = chart
  const words = complianceWords(reader.language).chart
  const from = dates[0]?.at ?? 0
  const to = dates.at(-1)?.at ?? from
  const day = (at: number) => reader.say.date(new Date(at).toISOString())
  const ground = frame.height - frame.bottom
  return (
    <svg
      class={`plot ${look}`}
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{words.title(day(from), day(to))}</title>
      <desc id={`${id}-desc`}>{words.desc}</desc>
      {heights.map(({ value, y }) => (
        <>
          <path class="grid-line" d={`M${frame.left} ${y}H${frame.width - frame.right}`} />
          <text class="tick" x={frame.left - 8} y={y + 4} text-anchor="end">
            {reader.count(value)}
          </text>
        </>
      ))}
      {dates.map(({ at, x }) => (
        <text class="tick" x={x} y={ground + 19} text-anchor={anchorOf(x, chart)}>
          {dayOf(at, reader)}
        </text>
      ))}
      {gaps.map(({ width, x }) => (
        <>
          <rect class="gap" x={x} y={frame.top - 10} width={width} height={ground - frame.top + 10} />
          {width >= GAP_TO_NAME && (
            <text class="tick" x={x + width / 2} y={frame.top} text-anchor="middle">
              {words.gap}
            </text>
          )}
        </>
      ))}
      {lines.map((line, index) => (
        <Drawn line={line} look={LINES[index] ?? LINES[0]} x={frame.width - frame.right} reader={reader} />
      ))}
    </svg>
  )
}

/** A narrower gap has no room for its name. */
const GAP_TO_NAME = 76

/** The first and the last date end with the axis. */
const anchorOf = (x: number, { dates }: Chart) => {
  if (dates.length > 1 && x === dates[0]?.x) return 'start'
  return x === dates.at(-1)?.x ? 'end' : 'middle'
}

const Drawn = ({ line, look, reader, x }: { line: ChartLine; look: Line; x: number; reader: Reader }) => (
  <g class={toneClass(look.tone)}>
    <g class="line" stroke-dasharray={look.dash}>
      {line.stretches.map((stretch) => (
        <path d={`M${stretch.map((spot) => `${spot.x} ${spot.y}`).join('L')}`} />
      ))}
    </g>
    <g class="marks">
      {line.marks.map((spot) => (
        <LineMark look={look} spot={spot} />
      ))}
    </g>
    <text class="name" x={x + 13} y={line.labelY + 4}>
      {complianceWords(reader.language).lines[look.name]} <tspan class="val">{reader.count(line.last)}</tspan>
    </text>
  </g>
)

/** The mark of a line, at a spot. */
export const LineMark = ({ look, spot: { x, y } }: { look: Line; spot: Spot }) => {
  if (look.mark === 'circle') return <circle cx={x} cy={y} r="3.6" />
  if (look.mark === 'square') return <rect x={x - 3.2} y={y - 3.2} width="6.4" height="6.4" />
  return look.mark === 'diamond' ? (
    <path d={`M${x} ${y - 4.4}l4.4 4.4-4.4 4.4-4.4-4.4z`} />
  ) : (
    <path d={`M${x} ${y - 4.2}l4.4 7.6h-8.8z`} />
  )
}
