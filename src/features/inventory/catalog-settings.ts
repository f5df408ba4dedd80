import type { Json } from '../../kernel/index.ts'
import type { FlatSetting } from './flat-setting.ts'

type Part = { readonly [key: string]: Json | undefined }

/** The settings of a policy of the settings catalog, in their order, each followed by those below it. */
export const catalogSettings = (settings: readonly Json[]): FlatSetting[] =>
  settings.flatMap((setting) => flat(partOf(partOf(setting).settingInstance), 0))

function flat(instance: Part, depth: number): FlatSetting[] {
  const name = typeof instance.settingDefinitionId === 'string' ? instance.settingDefinitionId : ''
  const lines: FlatSetting[] = []
  const values: string[] = []
  for (const held of valuesOf(instance)) {
    const { children, value } = partOf(held)
    if (value !== undefined) values.push(shown(name, value))
    for (const child of listOf(children)) lines.push(...flat(partOf(child), depth + 1))
  }
  return [{ name, value: values.length > 0 ? values.join(', ') : null, depth }, ...lines]
}

const HOLDERS = [
  'choiceSettingValue',
  'simpleSettingValue',
  'groupSettingValue',
  'settingGroupValue',
  'choiceSettingCollectionValue',
  'simpleSettingCollectionValue',
  'groupSettingCollectionValue',
]

/** What an instance holds, whichever of Microsoft's eight kinds it is: one value, or a list of them. */
const valuesOf = (instance: Part): readonly Json[] =>
  HOLDERS.flatMap((holder) => {
    const held = instance[holder]
    if (held === undefined || held === null) return []
    return Array.isArray(held) ? held : [held]
  })

/** A choice repeats the name of its setting: `…_encryption_1` is choice 1 of `…_encryption`. */
function shown(name: string, value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return name && text.startsWith(`${name}_`) ? text.slice(name.length + 1) : text
}

const partOf = (value: Json | undefined): Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : {}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
