import { contoso } from '../contoso.ts'
import type { SandboxDirectory } from '../directory.ts'
import { KIND_NAMES, type Shown } from '../intune/kind.ts'
import { KINDS } from '../intune/kinds.ts'
import { startSandbox } from '../start-sandbox.ts'
import { askingAs } from './asking.ts'

/** Every permission that some collection of Intune or conditional access wants. */
const EVERY_PERMISSION = [
  ...new Set(
    KIND_NAMES.flatMap((name) => [...KINDS[name].read, ...(KINDS[name].writes?.needs.flat() ?? [])]),
  ),
]

/** For tests: a sandbox whose directory has Intune, its clock, and an application that may do everything there. */
export async function askingIntune(changes: Partial<SandboxDirectory>) {
  const [app] = contoso().apps
  if (!app) throw new Error('The test needs an application.')
  const time = { ahead: 0 }
  const clock = { now: () => new Date(1_795_411_463_500 + time.ahead), monotonic: () => 0 }
  const given = contoso({
    apps: [{ ...app, granted: EVERY_PERMISSION }],
    faults: { conditionalAccessSeconds: 0 },
    ...changes,
  })
  const sandbox = await startSandbox({ port: 0, directories: [given], clock })
  const { ask: askOnce, setFaults, signIn } = askingAs(sandbox, given.id, app)
  let token: string | undefined
  const reset = () => {
    time.ahead = 0
    token = undefined
    sandbox.world.reset()
  }
  /** Asks with one token for all of a test; a path without a version is one of beta. */
  const ask: typeof askOnce = async (path, request = {}) => {
    token ??= (await signIn()).access_token
    const url = /^http/.test(path)
      ? path
      : `${sandbox.url}${/^\/(beta|v1\.0)\//.test(path) ? '' : '/beta'}${path}`
    return askOnce(url, { token, ...request })
  }
  /** Follows the links of a list to its end; tells also how many items each page had. */
  const readAll = async (path: string): Promise<{ items: Shown[]; pages: number[] }> => {
    const items: Shown[] = []
    const pages: number[] = []
    for (let next = path; next; ) {
      const { body } = await ask(next)
      items.push(...body.value)
      pages.push(body.value.length)
      next = body['@odata.nextLink']
    }
    return { items, pages }
  }
  const directory = () => sandbox.world.directory(given.id)
  return { sandbox, time, reset, ask, readAll, setFaults, signIn, directory }
}
