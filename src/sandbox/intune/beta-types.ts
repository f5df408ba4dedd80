/* Shapes of the beta metadata that the published types of version 1.0 lack. */

export interface ConfigurationPolicy {
  readonly createdDateTime: string
  readonly creationSource: string | null
  readonly description: string | null
  readonly lastModifiedDateTime: string
  readonly name: string
  readonly platforms: 'none' | 'android' | 'iOS' | 'macOS' | 'windows10' | 'linux'
  readonly priorityMetaData: null
  readonly roleScopeTagIds: readonly string[]
  /** Flags, such as "mdm,microsoftSense". */
  readonly technologies: string
  readonly templateReference: TemplateReference
}

export interface TemplateReference {
  readonly templateId: string
  readonly templateFamily: string
  readonly templateDisplayName: string | null
  readonly templateDisplayVersion: string | null
}

/** One setting of the settings catalog; it stands at its own address below its policy. */
export interface ConfigurationSetting {
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

export type SettingInstance = AnyInstance &
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

export interface ChoiceValue extends AnyValue {
  readonly value: string
  readonly children: readonly SettingInstance[]
}

export interface GroupValue extends AnyValue {
  readonly children: readonly SettingInstance[]
}

export interface DeviceManagementScript {
  readonly createdDateTime: string
  readonly description: string | null
  readonly displayName: string
  readonly enforceSignatureCheck: boolean
  readonly fileName: string
  readonly lastModifiedDateTime: string
  readonly roleScopeTagIds: readonly string[]
  readonly runAs32Bit: boolean
  readonly runAsAccount: 'system' | 'user'
  /** In base64. */
  readonly scriptContent: string
}

export interface AssignmentFilter {
  readonly assignmentFilterManagementType: 'devices' | 'apps'
  readonly createdDateTime: string
  readonly description: string | null
  readonly displayName: string
  readonly lastModifiedDateTime: string
  readonly payloads: readonly object[]
  readonly platform: (typeof FILTER_PLATFORMS)[number]
  readonly roleScopeTags: readonly string[]
  readonly rule: string
}

export const FILTER_PLATFORMS = ['windows10AndLater', 'iOS', 'macOS', 'androidForWork'] as const

export interface RoleScopeTag {
  readonly description: string | null
  readonly displayName: string
  readonly isBuiltIn: boolean
}
