import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { openApiDocument } from '../../src/features/api-description/openapi.ts'
import type { Api, Schema } from './contract.ts'

const api = openApiDocument('https://pilot.example') as Api
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

/** Judges the JSON answer of a described path; a field that nobody described is a fault. */
export function validatorOf(path: string): ValidateFunction {
  const schema = api.paths[path]?.get?.responses['200']?.content?.['application/json']?.schema
  if (!schema) throw new Error(`${path} is not described`)
  const $defs = Object.fromEntries(
    Object.entries(api.components.schemas).map(([name, each]) => [name, strict(each)]),
  )
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': INSTANT } })
  return ajv.compile({ ...strict(schema), $defs })
}

function strict({ $ref, ...schema }: Schema): Schema {
  if ($ref) return { $ref: $ref.replace('#/components/schemas/', '#/$defs/') }
  const { items, properties, ...rest } = schema
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, strict(each)])),
      unevaluatedProperties: false,
    }),
    ...(items && { items: strict(items) }),
  }
}
