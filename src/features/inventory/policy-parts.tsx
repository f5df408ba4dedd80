import { type Json, legible } from '../../kernel/index.ts'
import { Cell, DataTable, HeadCell, Part, Row, RowGroup } from '../../web/components/index.ts'
import { type Assignment, assignmentsOf } from './assignments.ts'
import { catalogSettings } from './catalog-settings.ts'
import type { SeenItem } from './find-items.sql.ts'
import type { FlatSetting } from './flat-setting.ts'
import type { InventoryWords } from './inventory.words.ts'
import { propertySettings } from './property-settings.ts'

interface PolicyProps {
  item: SeenItem
  words: InventoryWords
}

/** What a policy is about beyond its facts: whom it concerns, and what it sets. */
export const PolicyParts = ({ item, words }: PolicyProps) => (
  <>
    <Assignments item={item} words={words} />
    <Settings item={item} words={words} />
  </>
)

const Assignments = ({ item, words: { assignments: words } }: PolicyProps) => {
  const assignments = assignmentsOf(item.raw)
  if (!assignments) return null
  if (assignments.length === 0)
    return (
      <Part id="assignments" title={words.title}>
        <p class="text-ink-2">{words.none}</p>
      </Part>
    )
  return (
    <Part id="assignments" title={words.title}>
      <DataTable
        layout="plain"
        caption={words.caption}
        columns={[
          { label: words.columns.whom },
          { label: words.columns.how },
          { label: words.columns.filter },
        ]}
      >
        <RowGroup>
          {assignments.map((one) => (
            <Row>
              <HeadCell {...whom(one, item, words)} />
              <Cell label={words.columns.how}>{one.isExcluded ? words.excluded : words.included}</Cell>
              <Cell label={words.columns.filter}>{filterOf(one, item, words)}</Cell>
            </Row>
          ))}
        </RowGroup>
      </DataTable>
    </Part>
  )
}

type AssignmentWords = InventoryWords['assignments']

function whom({ id, target }: Assignment, { named }: SeenItem, words: AssignmentWords) {
  const name = id === null ? undefined : named.get(id)
  if (name !== undefined) return { children: legible(name) }
  if (target === 'other') return { children: legible(id ?? '') }
  return { children: words.targets[target], ...(id !== null && { sub: legible(id) }) }
}

const filterOf = ({ filter }: Assignment, { named }: SeenItem, words: AssignmentWords): string =>
  filter ? words.filter[filter.way](legible(named.get(filter.id) ?? filter.id)) : words.noFilter

const Settings = ({ item, words: { settings: words } }: PolicyProps) => {
  const lines = item.settings
    ? catalogSettings(item.settings as readonly Json[])
    : propertySettings(item.raw as { [property: string]: Json })
  if (lines.length === 0)
    return (
      <Part id="settings" title={words.title}>
        <p class="text-ink-2">{words.none}</p>
      </Part>
    )
  return (
    <Part id="settings" title={words.title} lead={words.count(lines.length)}>
      <DataTable
        layout="plain"
        caption={words.caption}
        columns={[{ label: words.columns.name }, { label: words.columns.value }]}
      >
        <RowGroup>
          {lines.map((line) => (
            <SettingLine line={line} words={words} />
          ))}
        </RowGroup>
      </DataTable>
    </Part>
  )
}

/** A script has lines. */
const legibleLines = (text: string): string => text.split(/\r?\n/).map(legible).join('\n')

/** How far a line stands in from the one that holds it; deeper ones stand no further. */
const INDENTS = ['', 'ps-4', 'ps-8', 'ps-12', 'ps-16']

const SettingLine = ({ line, words }: { line: FlatSetting; words: InventoryWords['settings'] }) => (
  <Row>
    <HeadCell>
      <span class={`mono block break-all ${INDENTS[Math.min(line.depth, INDENTS.length - 1)]}`}>
        {legible(line.name)}
      </span>
    </HeadCell>
    <Cell label={words.columns.value}>
      {line.value === null ? (
        <span class="text-ink-3">{words.holds}</span>
      ) : (
        <span class="whitespace-pre-wrap wrap-anywhere">{legibleLines(line.value)}</span>
      )}
    </Cell>
  </Row>
)
