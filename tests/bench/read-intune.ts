import { POLICY_TYPES } from '../../src/engine/catalog/index.ts'
import { inParts, itemsOf } from '../../src/features/inventory/complete-items.ts'
import { INVENTORY_TYPES } from '../../src/features/inventory/inventory-types.ts'
import { managedDevicePages, policyPages } from '../../src/graph/index.ts'
import { DEVICE_PROPERTIES } from '../../src/graph/managed-devices.ts'
import { clientFor, tokenFor } from './read-and-drop.ts'
import type { BenchDirectory } from './sync-sandbox.ts'

interface Body {
  readonly '@odata.nextLink'?: string
  readonly value: readonly { readonly id: string }[]
}

/** Fetches every page of a directory's devices, parses its JSON and drops it, after Microsoft's own counts. */
export async function dropDevices(url: string, directory: BenchDirectory): Promise<void> {
  const get = await getter(url, directory)
  await get(`${url}/v1.0/deviceManagement/deviceCompliancePolicyDeviceStateSummary`)
  let seen = 0
  for await (const { value } of pages(
    get,
    `${url}/v1.0/deviceManagement/managedDevices?$select=${DEVICE_PROPERTIES.join(',')}`,
  ))
    seen += value.length
  if (seen < directory.devices) throw new Error(`Only ${seen} devices were read`)
}

/** The same through the product's own client, which looks at every device. */
export async function readDevices(url: string, directory: BenchDirectory): Promise<void> {
  let seen = 0
  for await (const page of managedDevicePages(clientFor(url, directory), null))
    seen += page.ok ? page.value.items.length : 0
  if (seen < directory.devices) throw new Error(`Only ${seen} devices were read`)
}

/** Fetches every page of all types of policies with what they set, twenty policies to a batch as we do, and drops it. */
export async function dropPolicies(url: string, directory: BenchDirectory): Promise<void> {
  const get = await getter(url, directory)
  let seen = 0
  for (const type of POLICY_TYPES) {
    const { detail, path, version } = INVENTORY_TYPES[type]
    for await (const { value } of pages(get, `${url}/${version}${path}`)) {
      seen += value.length
      if (detail)
        await dropDetails(
          get,
          `${url}/${version}`,
          value.map(({ id }) => detail.path(id)),
        )
    }
  }
  if (seen < directory.policies) throw new Error(`Only ${seen} policies were read`)
}

async function dropDetails(get: Get, version: string, paths: readonly string[]): Promise<void> {
  for (let index = 0; index < paths.length; index += 20) {
    const some = paths.slice(index, index + 20)
    const requests = some.map((address, id) => ({ id: String(id), method: 'GET', url: address }))
    const { responses } = (await get(`${version}/$batch`, { requests })) as unknown as {
      responses: { body: Partial<Body> }[]
    }
    for (const next of responses.flatMap(({ body }) => body['@odata.nextLink'] ?? []))
      for await (const _ of pages(get, next));
  }
}

/** The same as the product reads it, without a database. */
export async function readPolicies(url: string, directory: BenchDirectory): Promise<void> {
  const client = clientFor(url, directory)
  let seen = 0
  for (const type of POLICY_TYPES.map((each) => INVENTORY_TYPES[each]))
    for await (const page of policyPages(client, type, null)) {
      if (!page.ok) throw new Error(`The policies were not read: ${page.failure.kind}`)
      for (const part of inParts(type, page.value.items)) {
        const items = await itemsOf(client, type, part)
        seen += items.ok ? items.value.length : 0
      }
    }
  if (seen < directory.policies) throw new Error(`Only ${seen} policies were read`)
}

type Get = (address: string, body?: object) => Promise<Body>

async function getter(url: string, directory: BenchDirectory): Promise<Get> {
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    authorization: `Bearer ${await tokenFor(url, directory)}`,
  }
  return async (address, body) => {
    const answer = await fetch(address, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${address} was answered ${answer.status}`)
    return (await answer.json()) as Body
  }
}

async function* pages(get: Get, from: string): AsyncGenerator<Body> {
  for (let next: string | undefined = from; next !== undefined; ) {
    const body: Body = await get(next)
    yield body
    next = body['@odata.nextLink']
  }
}
