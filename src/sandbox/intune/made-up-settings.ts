import type { ConfigurationSetting, SettingInstance, SimpleValue } from './beta-types.ts'
import type { Place } from './kind.ts'
import type { Listed } from './listed.ts'
import { mix } from './mix.ts'

/** How many settings policy `index` has: a few, and here and there none, a page, one more, or a thousand. */
function settingCountOf({ seed }: Place, index: number): number {
  const place = index % 50
  return SPECIAL.get(place) ?? 3 + (mix(seed, index, 5) % 38)
}

const SPECIAL = new Map([
  [7, 0],
  [11, 25],
  [12, 26],
  [49, 1_000],
])

/** The settings of policy `index`, of every kind in turn, each made up when it is asked for. */
export const madeSettings = (place: Place, index: number): Listed => {
  const length = settingCountOf(place, index)
  return {
    length,
    at: (number) => (number >= 0 && number < length ? madeSetting(place, index, number) : undefined),
  }
}

function madeSetting({ seed }: Place, index: number, number: number): ConfigurationSetting {
  const make = INSTANCES[(index + number) % INSTANCES.length]
  const definition = `device_vendor_msft_policy_config_${AREAS[number % AREAS.length]}_setting${number}`
  return { id: String(number), settingInstance: (make ?? simple)(definition, mix(seed, index, number, 6)) }
}

const AREAS = ['defender', 'bitlocker', 'update', 'browser', 'firewall', 'devicelock', 'experience']
const TYPE = '#microsoft.graph.deviceManagementConfiguration'

const base = (settingDefinitionId: string) => ({
  settingDefinitionId,
  settingInstanceTemplateReference: null,
})
const whole = (number: number): SimpleValue => ({
  '@odata.type': `${TYPE}IntegerSettingValue`,
  settingValueTemplateReference: null,
  value: number % 1_000,
})
const text = (value: string): SimpleValue => ({
  '@odata.type': `${TYPE}StringSettingValue`,
  settingValueTemplateReference: null,
  value,
})
/** Intune gives back a token in place of a secret. */
const secret = (number: number): SimpleValue => ({
  '@odata.type': `${TYPE}SecretSettingValue`,
  settingValueTemplateReference: null,
  value: `made-up-token-${number.toString(16)}`,
  valueState: 'encryptedValueToken',
})

const simple = (definition: string, number: number): SettingInstance => ({
  '@odata.type': `${TYPE}SimpleSettingInstance`,
  ...base(definition),
  simpleSettingValue: number % 9 === 0 ? secret(number) : whole(number),
})

const choice = (definition: string, number: number, children: SettingInstance[] = []): SettingInstance => ({
  '@odata.type': `${TYPE}ChoiceSettingInstance`,
  ...base(definition),
  choiceSettingValue: { settingValueTemplateReference: null, value: `${definition}_${number % 3}`, children },
})

const simpleCollection = (definition: string, number: number): SettingInstance => ({
  '@odata.type': `${TYPE}SimpleSettingCollectionInstance`,
  ...base(definition),
  simpleSettingCollectionValue: [text(`C:\\Apps\\${number % 97}`), text('D:\\Daten\\Büro')],
})

const choiceCollection = (definition: string, number: number): SettingInstance => ({
  '@odata.type': `${TYPE}ChoiceSettingCollectionInstance`,
  ...base(definition),
  choiceSettingCollectionValue: [0, 1].map((step) => ({
    settingValueTemplateReference: null,
    value: `${definition}_${(number + step) % 4}`,
    children: [],
  })),
})

const group = (definition: string, number: number): SettingInstance => ({
  '@odata.type': `${TYPE}GroupSettingInstance`,
  ...base(definition),
  groupSettingValue: {
    settingValueTemplateReference: null,
    children: [simple(`${definition}_inner`, number)],
  },
})

const groupCollection = (definition: string, number: number): SettingInstance => ({
  '@odata.type': `${TYPE}GroupSettingCollectionInstance`,
  ...base(definition),
  groupSettingCollectionValue: [0, 1].map((step) => ({
    settingValueTemplateReference: null,
    children: [
      simple(`${definition}_id`, number + step),
      choice(`${definition}_mode`, number + step, [simpleCollection(`${definition}_paths`, number + step)]),
    ],
  })),
})

const settingGroup = (definition: string): SettingInstance => ({
  '@odata.type': `${TYPE}SettingGroupInstance`,
  ...base(definition),
})

const settingGroupCollection = (definition: string): SettingInstance => ({
  '@odata.type': `${TYPE}SettingGroupCollectionInstance`,
  ...base(definition),
})

/** Mostly choices, as in real policies. */
const INSTANCES: readonly ((definition: string, number: number) => SettingInstance)[] = [
  choice,
  simple,
  (definition, number) => choice(definition, number, [simple(`${definition}_threshold`, number)]),
  groupCollection,
  choice,
  simpleCollection,
  choiceCollection,
  group,
  choice,
  settingGroup,
  settingGroupCollection,
]
