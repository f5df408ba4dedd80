/** A moment with one number for each line. */
export interface ChartPoint {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly values: readonly number[]
}

/** How large a chart is, and what its axes and labels need around the lines. */
export interface ChartFrame {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  /** The most dates below the axis. */
  readonly dates: number
}

export interface Spot {
  readonly x: number
  readonly y: number
}

/** One line: its stretches between gaps, where it is marked, and where its label stands. */
export interface ChartLine {
  readonly stretches: readonly (readonly Spot[])[]
  readonly marks: readonly Spot[]
  /** The height of its end, moved so that no two labels lie over each other. */
  readonly labelY: number
  readonly last: number
}

export interface Chart {
  readonly frame: ChartFrame
  readonly lines: readonly ChartLine[]
  readonly heights: readonly { readonly value: number; readonly y: number }[]
  readonly dates: readonly { readonly at: number; readonly x: number }[]
  /** Where nothing was observed for long. */
  readonly gaps: readonly { readonly x: number; readonly width: number }[]
}

/** Lays lines out over time, oldest point first. Null without a point. */
export function layOut(points: readonly ChartPoint[], frame: ChartFrame): Chart | null {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return null
  const heights = niceHeights(Math.max(...points.flatMap(({ values }) => values)))
  const top = heights.at(-1) ?? 1
  const right = frame.width - frame.right
  const bottom = frame.height - frame.bottom
  const span = last.at - first.at
  // A single point stands where the newest one always does.
  const xOf = (at: number) =>
    round(span === 0 ? right : frame.left + ((at - first.at) / span) * (right - frame.left))
  const yOf = (value: number) => round(bottom - (value / top) * (bottom - frame.top))
  const stretches = stretchesOf(points)
  const dates = datesOf(points, frame.dates)
  const marked = new Set([...nearest(points, dates), ...alone(stretches), last])
  const lines = last.values.map((value, line): ChartLine => {
    const spot = ({ at, values }: ChartPoint): Spot => ({ x: xOf(at), y: yOf(values[line] ?? 0) })
    return {
      stretches: stretches.filter(({ length }) => length > 1).map((stretch) => stretch.map(spot)),
      marks: points.filter((point) => marked.has(point)).map(spot),
      labelY: yOf(value),
      last: value,
    }
  })
  const labels = apart(
    lines.map(({ labelY }) => labelY),
    frame.top,
    bottom,
  )
  return {
    frame,
    lines: lines.map((line, index) => ({ ...line, labelY: labels[index] ?? line.labelY })),
    heights: heights.map((value) => ({ value, y: yOf(value) })),
    dates: dates.map((at) => ({ at, x: xOf(at) })),
    gaps: stretches.slice(1).map((stretch, index) => {
      const from = xOf(stretches[index]?.at(-1)?.at ?? 0)
      return { x: from, width: round(xOf(stretch[0]?.at ?? 0) - from) }
    }),
  }
}

/** Whole numbers from zero on, in equal steps of a round size, the last of them above or at the highest. */
export function niceHeights(highest: number): readonly number[] {
  if (highest <= 0) return [0, 1]
  const rough = Math.max(1, highest / 3)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.ceil((STEPS.find((each) => each * power >= rough) ?? 10) * power)
  return Array.from({ length: Math.ceil(highest / step) + 1 }, (_, index) => index * step)
}

const STEPS = [1, 2, 2.5, 4, 5, 10]

/** Points parted where nothing was observed for three times as long as usual, and for two days at least. */
export function stretchesOf(points: readonly ChartPoint[]): readonly (readonly ChartPoint[])[] {
  const distances = points.slice(1).map(({ at }, index) => at - (points[index]?.at ?? at))
  const usual = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 0
  const tooLong = Math.max(3 * usual, TWO_DAYS)
  const stretches: ChartPoint[][] = []
  for (const [index, point] of points.entries()) {
    const distance = distances[index - 1]
    if (distance === undefined || distance > tooLong) stretches.push([point])
    else stretches.at(-1)?.push(point)
  }
  return stretches
}

const TWO_DAYS = 2 * 86_400_000

/** Moments at equal distances from the last point back to the first, at most so many. */
function datesOf(points: readonly ChartPoint[], most: number): readonly number[] {
  const first = points[0]?.at ?? 0
  const last = points.at(-1)?.at ?? first
  const count = Math.min(most, points.length)
  if (count < 2 || first === last) return [last]
  return Array.from({ length: count }, (_, index) => first + ((last - first) * index) / (count - 1))
}

const nearest = (points: readonly ChartPoint[], dates: readonly number[]): ChartPoint[] =>
  dates.flatMap((date) => {
    const [closest] = points.toSorted((a, b) => Math.abs(a.at - date) - Math.abs(b.at - date))
    return closest ? [closest] : []
  })

/** A point between two gaps is no line, so it has to be marked to be seen. */
const alone = (stretches: readonly (readonly ChartPoint[])[]): ChartPoint[] =>
  stretches.filter(({ length }) => length === 1).flat()

/** The height of a line of text. */
const LABEL = 15

/** Heights moved so far that each has room, as near as may be to where they belong. */
export function apart(wanted: readonly number[], top: number, bottom: number): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b)
  const placed: number[] = []
  let free = top
  for (const index of order) {
    const y = Math.max(free, wanted[index] ?? 0)
    placed[index] = y
    free = y + LABEL
  }
  let below = bottom
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? 0, below)
    below = (placed[index] ?? 0) - LABEL
  }
  return placed
}

const round = (value: number): number => Math.round(value * 10) / 10
