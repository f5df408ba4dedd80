import type {
  DeviceAndAppManagementAssignmentFilter,
  DeviceManagementConfigurationChoiceSettingValue,
  DeviceManagementConfigurationGroupSettingValue,
  DeviceManagementConfigurationPolicy,
  DeviceManagementConfigurationPolicyTemplateReference,
  DeviceManagementConfigurationSetting,
  DeviceManagementConfigurationSettingInstance,
  DeviceManagementConfigurationTemplateFamily,
  RoleScopeTag as MicrosoftScopeTag,
  DeviceManagementScript as MicrosoftScript,
} from '@microsoft/microsoft-graph-types-beta'

/* What only beta has. Microsoft's own types leave every property open; what is made up here has all of them. */

/** A shape that is also what Microsoft says; another does not compile. */
type Of<Microsoft, Shape extends Microsoft> = Shape

/** Microsoft's types take one word where the service gives flags. */
export type ConfigurationPolicy = Of<
  Omit<DeviceManagementConfigurationPolicy, 'technologies'>,
  ConfigurationPolicyShape
>

interface ConfigurationPolicyShape {
  readonly createdDateTime: string
  readonly creationSource: string | null
  readonly description: string | null
  readonly lastModifiedDateTime: string
  readonly name: string
  readonly platforms: 'none' | 'android' | 'iOS' | 'macOS' | 'windows10' | 'linux'
  readonly priorityMetaData: null
  readonly roleScopeTagIds: string[]
  /** Flags, such as "mdm,microsoftSense". */
  readonly technologies: string
  readonly templateReference: TemplateReference
}

export type TemplateReference = Of<
  DeviceManagementConfigurationPolicyTemplateReference,
  TemplateReferenceShape
>

interface TemplateReferenceShape {
  readonly templateId: string
  readonly templateFamily: DeviceManagementConfigurationTemplateFamily
  readonly templateDisplayName: string | null
  readonly templateDisplayVersion: string | null
}

/** One setting of the settings catalog; it stands at its own address below its policy. */
export type ConfigurationSetting = Of<DeviceManagementConfigurationSetting, ConfigurationSettingShape>

interface ConfigurationSettingShape {
  readonly id: string
  readonly settingInstance: SettingInstance
}

interface AnyInstance {
  readonly settingDefinitionId: string
  readonly settingInstanceTemplateReference: { readonly settingInstanceTemplateId: string } | null
}

type Typed<Name extends string> = {
  readonly '@odata.type': `#microsoft.graph.deviceManagementConfiguration${Name}`
}

export type SettingInstance = Of<DeviceManagementConfigurationSettingInstance, SettingInstanceShape>

type SettingInstanceShape = AnyInstance &
  (
    | (Typed<'SimpleSettingInstance'> & { readonly simpleSettingValue: SimpleValue })
    | (Typed<'SimpleSettingCollectionInstance'> & {
        readonly simpleSettingCollectionValue: readonly SimpleValue[]
      })
    | (Typed<'ChoiceSettingInstance'> & { readonly choiceSettingValue: ChoiceValue })
    | (Typed<'ChoiceSettingCollectionInstance'> & {
        readonly choiceSettingCollectionValue: readonly ChoiceValue[]
      })
    | (Typed<'GroupSettingInstance'> & { readonly groupSettingValue: GroupValue })
    | (Typed<'GroupSettingCollectionInstance'> & {
        readonly groupSettingCollectionValue: readonly GroupValue[]
      })
    | Typed<'SettingGroupInstance'>
    | Typed<'SettingGroupCollectionInstance'>
  )

interface AnyValue {
  readonly settingValueTemplateReference: { readonly settingValueTemplateId: string } | null
}

export type SimpleValue = AnyValue &
  (
    | (Typed<'StringSettingValue'> & { readonly value: string })
    | (Typed<'IntegerSettingValue'> & { readonly value: number })
    | (Typed<'SecretSettingValue'> & {
        readonly value: string
        readonly valueState: 'invalid' | 'notEncrypted' | 'encryptedValueToken'
      })
  )

export type ChoiceValue = Of<DeviceManagementConfigurationChoiceSettingValue, ChoiceValueShape>

interface ChoiceValueShape extends AnyValue {
  readonly value: string
  readonly children: SettingInstance[]
}

export type GroupValue = Of<DeviceManagementConfigurationGroupSettingValue, GroupValueShape>

interface GroupValueShape extends AnyValue {
  readonly children: SettingInstance[]
}

export type DeviceManagementScript = Of<MicrosoftScript, ScriptShape>

interface ScriptShape {
  readonly createdDateTime: string
  readonly description: string | null
  readonly displayName: string
  readonly enforceSignatureCheck: boolean
  readonly fileName: string
  readonly lastModifiedDateTime: string
  readonly roleScopeTagIds: string[]
  readonly runAs32Bit: boolean
  readonly runAsAccount: 'system' | 'user'
  /** In base64. */
  readonly scriptContent: string
}

export type AssignmentFilter = Of<DeviceAndAppManagementAssignmentFilter, AssignmentFilterShape>

interface AssignmentFilterShape {
  readonly assignmentFilterManagementType: 'devices' | 'apps'
  readonly createdDateTime: string
  readonly description: string | null
  readonly displayName: string
  readonly lastModifiedDateTime: string
  readonly payloads: object[]
  readonly platform: (typeof FILTER_PLATFORMS)[number]
  readonly roleScopeTags: string[]
  readonly rule: string
}

export const FILTER_PLATFORMS = ['windows10AndLater', 'iOS', 'macOS', 'androidForWork'] as const

export type RoleScopeTag = Of<MicrosoftScopeTag, RoleScopeTagShape>

interface RoleScopeTagShape {
  readonly description: string | null
  readonly displayName: string
  readonly isBuiltIn: boolean
}
