import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { parse } from 'yaml'

/** A schema as OpenAPI writes it; `nullable` is how 3.0 says that null will do too. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly allOf?: readonly Schema[]
  readonly [further: string]: unknown
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>

/** What one method of a path takes and answers. */
export interface Described {
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: Schema }[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

export interface Api {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** The wire contract. */
export const contract = parse(readFileSync(join(import.meta.dirname, 'contract.openapi.yaml'), 'utf8')) as Api

/** What an answer may carry beyond the contract, by schema; nothing else is added silently. */
export const ADDITIVE: Readonly<Record<string, readonly string[]>> = {
  ProviderStartOutcome: ['reasonCode'],
  OnboardingBootstrapStartOutcome: ['reasonCode'],
  ProviderBackedRunDetail: ['reasonCode'],
}

/** Judges answers by a schema of the contract; a field that it does not know is a fault. */
export function validatorOf(name: string): ValidateFunction {
  const $defs = Object.fromEntries(
    Object.entries(contract.components.schemas).map(([each, schema]) => [
      each,
      strict(schema.allOf ? resolvedIn(contract, schema) : schema, ADDITIVE[each]),
    ]),
  )
  return new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile({
    $ref: `#/$defs/${name}`,
    $defs,
  })
}

/** A schema itself, whatever it refers to or is put together from. */
export function resolvedIn(api: Api, schema: Schema): Schema {
  const named = schema.$ref ? (api.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema
  if (!named.allOf) return named
  const parts = named.allOf.map((part) => resolvedIn(api, part))
  return {
    type: 'object',
    required: parts.flatMap(({ required = [] }) => required),
    properties: Object.assign({}, ...parts.map(({ properties = {} }) => properties)),
  }
}

/** A schema of the contract as JSON Schema 2020-12, closed against fields that nobody described. */
function strict({ nullable, type, $ref, ...schema }: Schema, more: readonly string[] = []): Schema {
  if ($ref) return { $ref: $ref.replace('#/components/schemas/', '#/$defs/') }
  const { description: _, properties, items, allOf, ...rest } = schema
  const known = { ...properties, ...Object.fromEntries(more.map((name) => [name, { type: 'string' }])) }
  return {
    ...rest,
    ...(type && { type: nullable ? [String(type), 'null'] : type }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(known).map(([name, each]) => [name, strict(each)])),
      unevaluatedProperties: false,
    }),
    ...(items && { items: strict(items) }),
    ...(allOf && { allOf: allOf.map((each) => strict(each)) }),
  }
}
