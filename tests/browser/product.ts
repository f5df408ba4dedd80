import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The whole product with its demonstration, as `npm start` runs it, in a process of its own. */
export interface Product {
  readonly url: string
  readonly pid: number
  readonly sandboxUrl: string
  /** Lets Microsoft be slow in a directory, each answer by so many milliseconds, or with null as fast as usual again. */
  slow(directoryId: string, slowMs: number | null): Promise<void>
  /** Signs a program in; the answer is its cookie. */
  signIn(email: string): Promise<string>
  /** Everything that it wrote so far. */
  output(): string
  stop(): Promise<void>
}

/** Starts the product on free ports and a fresh data directory, and waits until it is ready. */
export async function startProduct(settings: Record<string, string> = {}): Promise<Product> {
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const directory = mkdtempSync(join(tmpdir(), 'tenantpilot-product-'))
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main/cli.ts', 'start'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      VITEST: '',
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      DATA_DIR: directory,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)))
  const url = `http://127.0.0.1:${port}`
  await ready(url, child, said)
  return {
    url,
    pid: child.pid ?? 0,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    async slow(directoryId, slowMs) {
      await fetch(`http://127.0.0.1:${sandboxPort}/control/directories/${directoryId}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ faults: { slowMs } }),
      })
    },
    signIn: (email) => signIn(url, email),
    output: () => said.join(''),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await gone
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function ready(url: string, child: ChildProcess, said: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) throw new Error(`The product ended before it was ready:\n${said.join('')}`)
    const healthy = await fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (healthy) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`The product was not ready in time:\n${said.join('')}`)
}

async function signIn(url: string, email: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'demo-demo-demo' }),
  })
  if (!answer.ok) throw new Error(`${email} could not sign in: ${answer.status}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
