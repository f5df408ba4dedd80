import type {
  OmaSettingBoolean,
  OmaSettingInteger,
  OmaSettingString,
  OmaSettingStringXml,
} from '@microsoft/microsoft-graph-types'
import { guidOf } from '../guid.ts'
import type { Properties } from './kind.ts'

/** A setting of a custom profile as beta has it; its value is in the clear here, and nowhere else. */
export type OmaSetting = (OmaSettingString | OmaSettingStringXml | OmaSettingInteger | OmaSettingBoolean) & {
  readonly '@odata.type': string
  readonly isEncrypted: boolean
  readonly secretReferenceValueId: string | null
}

/** Texts are encrypted as soon as they are saved; numbers and switches are not. */
const ENCRYPTED = ['omaSettingString', 'omaSettingStringXml', 'omaSettingBase64']

/** What stands where a value is not shown: stars, or an empty element in base64 where XML is expected. */
const maskOf = (setting: Properties): string =>
  setting['@odata.type'] === '#microsoft.graph.omaSettingStringXml' ? 'PGEvPg==' : '****'

/** A custom profile with its encrypted values masked; version 1.0 does not say which they are. */
export function asShown(object: Properties, version: string): Properties {
  if (!Array.isArray(object.omaSettings)) return object
  return { ...object, omaSettings: settingsOf(object).map((setting) => shownSetting(setting, version)) }
}

function shownSetting(
  { isEncrypted, secretReferenceValueId, ...setting }: OmaSetting,
  version: string,
): object {
  const shown = isEncrypted ? { ...setting, value: maskOf(setting) } : setting
  return version === 'beta' ? { ...shown, isEncrypted, secretReferenceValueId } : shown
}

/** A body with its settings as Intune keeps them: texts under a reference of their own. */
export function keptSettings(body: Properties): Properties {
  if (!Array.isArray(body.omaSettings)) return body
  return { ...body, omaSettings: settingsOf(body).map(kept) }
}

function kept(setting: OmaSetting, index: number): object {
  const type = String(setting['@odata.type']).replace('#microsoft.graph.', '')
  const isEncrypted = ENCRYPTED.includes(type)
  const reference = guidOf('oma setting', setting.omaUri ?? '', index, String(setting.value))
  return { ...setting, isEncrypted, secretReferenceValueId: isEncrypted ? `${reference}_${index}` : null }
}

/** The value behind a reference; null where no encrypted setting has it. */
export function plainTextOf(object: Properties, reference: string): string | null {
  const setting = settingsOf(object).find(
    (one) => one.isEncrypted && one.secretReferenceValueId?.toLowerCase() === reference.toLowerCase(),
  )
  return setting ? String(setting.value) : null
}

const settingsOf = ({ omaSettings }: Properties): OmaSetting[] =>
  Array.isArray(omaSettings) ? (omaSettings as OmaSetting[]) : []
