import type { Dialect } from '../graph/answers.ts'
import type { AssignedHow } from './assignments.ts'
import type { Listed } from './listed.ts'

export const KIND_NAMES = [
  'deviceConfigurations',
  'deviceCompliancePolicies',
  'configurationPolicies',
  'deviceManagementScripts',
  'mobileAppConfigurations',
  'assignmentFilters',
  'roleScopeTags',
  'conditionalAccessPolicies',
  'managedDevices',
] as const
/** A collection of Intune or conditional access, by the last segment of its path. */
export type KindName = (typeof KIND_NAMES)[number]

/** How many objects of each kind a directory has at first; none where nothing is said. */
export type IntuneSizes = Readonly<Partial<Record<KindName, number>>>

/** The directory as far as objects are made up from it. */
export interface Place {
  readonly id: string
  readonly domain: string
  readonly seed: number
  /** How many groups it had at first: those that assignments name. */
  readonly groups: number
  readonly sizes: Readonly<Record<KindName, number>>
  /** The beginning of the day on which the sandbox started, in milliseconds since 1970. */
  readonly today: number
}

/** An object as a service shows it. */
export interface Shown {
  readonly id: string
  readonly [property: string]: unknown
}

/** Properties by name. */
export type Properties = Readonly<Record<string, unknown>>

/** How somebody looks at an object. */
export interface Look {
  readonly version: string
  /** In a list, where some properties are left empty. */
  readonly isListed: boolean
}

/** What belongs to one object and has an address of its own, such as its assignments. */
export interface Part {
  readonly make: (place: Place, index: number, id: string) => Listed
  /** What is kept of the items somebody sends; they are kept as they are unless told otherwise. */
  readonly keep?: (sent: unknown) => Listed
  readonly pageSize: number
  /** Where `$expand` may name it. */
  readonly expandedIn: readonly ('list' | 'object')[]
  /** Whether it may be read at its own address. */
  readonly hasAddress: boolean
  /** What `$expand` has to name inside of it, or it stays away. */
  readonly inner?: string
}

/** One collection: what is in it, who may read it, and what its service is particular about. */
export interface Kind {
  readonly name: KindName
  /** How the control page calls it. */
  readonly title: string
  readonly path: string
  readonly versions: readonly ('v1.0' | 'beta')[]
  readonly dialect: Dialect
  /** The permissions of which any will do to read. */
  readonly read: readonly string[]
  readonly pageSize: number
  /** The most that `$top` may ask for. */
  readonly largestPage: number
  /** As its service calls an object in messages. */
  readonly entity: string
  readonly named: 'displayName' | 'name' | 'deviceName'
  /** The property that tells of the last change; null where there is none. */
  readonly modified: 'lastModifiedDateTime' | 'modifiedDateTime' | null
  /** Object `index` as it was made, without its id. */
  readonly make: (place: Place, index: number) => object
  /** What a new object has that nobody gave a property of. */
  readonly defaults?: Properties
  /** What every new object begins with, whatever is said of it. */
  readonly fresh?: Properties
  readonly parts?: Readonly<Record<string, Part>>
  /** Properties that follow from parts. */
  readonly derived?: (part: (name: string) => Listed) => Properties
  /** What a look shows of the object, where that is not all of it. */
  readonly show?: (object: Properties, look: Look) => Properties
  /** Other than hidden GUIDs. */
  readonly ids?: { of(index: number): string; indexOf(id: string): number | null }
  /** What may be asked about one object besides itself and its parts. */
  readonly questions?: readonly Question[]
  readonly writes?: Writes
}

/** A function of OData, asked below one object. */
export interface Question {
  /** With what it is asked about as its only group. */
  readonly pattern: RegExp
  /** The permissions of which any will do. */
  readonly needs: readonly string[]
  readonly answer: (object: Properties, about: string) => string | null
}

/** How a collection is written. Every check answers with an objection or null. */
export interface Writes {
  /** Groups of permissions; of each, any will do. */
  readonly needs: readonly (readonly string[])[]
  readonly created: 200 | 201
  /** The methods that change an object, and how each is answered. */
  readonly updates: Readonly<Partial<Record<'PATCH' | 'PUT', 200 | 204>>>
  readonly checks: readonly Check[]
  /** How objects are assigned; absent where they are not. */
  readonly assign?: Assigning
  /** Another action below one object, such as replacing its scheduled actions. */
  readonly actions?: Readonly<Record<string, (body: Properties) => PartChange | Objection>>
  /** Properties a service keeps differently from how they were sent. */
  readonly keep?: (body: Properties) => Properties
  /** Objects that cannot be deleted. */
  readonly isFixed?: (id: string) => boolean
}

/** How objects of a kind are assigned. */
export interface Assigning {
  /** The address below an object, and the key of the body. */
  readonly path: string
  readonly key: string
  readonly how: AssignedHow
  /** Other services keep an assignment to a group that nobody knows. */
  readonly refusesUnknownGroups?: true
}

/** A part that is replaced as a whole. */
export interface PartChange {
  readonly part: string
  readonly items: readonly object[]
}

/** Why a service does not take a body. */
export interface Objection {
  readonly code: string
  readonly message: string
}

/** What a check looks at. */
export interface Attempt {
  readonly deed: 'create' | 'update'
  readonly method: string
  readonly body: Properties
  /** The object before; null for a new one. */
  readonly before: Properties | null
  /** Which ids other objects of the directory have. */
  readonly knows: (kind: KindName | 'groups', id: string) => boolean
}

export type Check = (attempt: Attempt) => Objection | null
