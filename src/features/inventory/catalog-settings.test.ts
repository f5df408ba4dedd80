import { expect, test } from 'vitest'
import type { Json } from '../../kernel/index.ts'
import { catalogSettings } from './catalog-settings.ts'

const setting = (settingInstance: Json) => ({ id: '0', settingInstance })

test('a choice is told without the name of its setting, and what it holds stands below it', () => {
  const children = [{ settingDefinitionId: 'lock_time', simpleSettingValue: { value: 5 } }]
  const choice = { settingDefinitionId: 'lock', choiceSettingValue: { value: 'lock_1', children } }
  expect(catalogSettings([setting(choice)])).toEqual([
    { name: 'lock', value: '1', depth: 0 },
    { name: 'lock_time', value: '5', depth: 1 },
  ])
})

test('a list of values is one line, a list of groups holds the lines of each', () => {
  const paths = {
    settingDefinitionId: 'paths',
    simpleSettingCollectionValue: [{ value: 'C:\\A' }, { value: 'C:\\B' }],
  }
  const rule = (value: string) => ({
    children: [{ settingDefinitionId: 'rule_id', simpleSettingValue: { value } }],
  })
  const rules = { settingDefinitionId: 'rule', groupSettingCollectionValue: [rule('x'), rule('y')] }
  expect(catalogSettings([setting(paths), setting(rules)])).toEqual([
    { name: 'paths', value: 'C:\\A, C:\\B', depth: 0 },
    { name: 'rule', value: null, depth: 0 },
    { name: 'rule_id', value: 'x', depth: 1 },
    { name: 'rule_id', value: 'y', depth: 1 },
  ])
})

test('what does not look like a setting is a line without a name, not an error', () => {
  expect(catalogSettings(['odd', null, {}])).toEqual([
    { name: '', value: null, depth: 0 },
    { name: '', value: null, depth: 0 },
    { name: '', value: null, depth: 0 },
  ])
})
