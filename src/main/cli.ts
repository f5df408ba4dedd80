#!/usr/bin/env node
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { DataDirectoryInUse, migrate } from '../database/index.ts'
import type { Sandbox } from '../sandbox/index.ts'
import { startSandbox } from '../sandbox/index.ts'
import { readArguments } from './arguments.ts'
import { demoCentralApp } from './demo/central-app.ts'
import { demoDirectories } from './demo/directories.ts'
import { DEMO_PASSWORD, demoPeople } from './demo/people.ts'
import { seedDemo } from './demo/seed.ts'
import { openInstallation } from './installation.ts'
import { NothingToCheck, reportInvariants } from './invariants.ts'
import { rotateKeys } from './rotate-keys.ts'
import { assetFolder, setupAddress, startServing } from './serve.ts'
import { readSettings, type Settings, WrongSetting } from './settings.ts'
import { cannotListen, openOurDatabase } from './what-cannot-be-had.ts'
import { startWorking } from './work.ts'

const USAGE = `Usage: tenantpilot <command>

  start                everything in one process, with demo data and the sandbox
  serve [--no-worker]  pages and API; works on operations too unless told not to
  work                 works on operations, without pages
  migrate              brings the database's schema up to date
  invariants           checks that the database kept every promise of the gate
  keys rotate          seals every credential anew under APP_KEY
  sandbox              the sandbox alone
  help                 this text

Settings are environment variables; see docs/configuration.md.`

const ROOT = join(dirname(fileURLToPath(import.meta.url)), process.env.TENANTPILOT_BUNDLED ? '..' : '../..')

async function main(words: readonly string[]): Promise<void> {
  const asked = readArguments(words)
  if (asked.kind === 'help') return console.log(USAGE)
  if (asked.kind === 'wrong') {
    console.error(`${asked.sentence}\n\n${USAGE}`)
    process.exitCode = 2
    return
  }
  const { command, worker } = asked
  const settings = () => readSettings(process.env, { demo: command === 'start' })
  if (command === 'start' || command === 'serve') return run(settings(), { pages: true, worker })
  if (command === 'work') return run(settings(), { pages: false, worker })
  if (command === 'migrate') return migrateOnly(settings())
  if (command === 'sandbox') return sandboxOnly(settings())
  if (command === 'keys rotate') return rotateKeysOnly(settings())
  return checkOnly()
}

async function run(settings: Settings, parts: { pages: boolean; worker: boolean }): Promise<void> {
  const log = pino({ level: settings.LOG_LEVEL ?? (settings.demo ? 'warn' : 'info') })
  const sandbox = settings.cloud === 'sandbox' && !settings.SANDBOX_URL ? await openSandbox(settings) : null
  const sandboxUrl = sandbox?.url ?? settings.SANDBOX_URL ?? null
  const installation = await openInstallation(settings, log, sandboxUrl)
  if (settings.demo) await seedDemo(installation)
  const working = parts.worker ? await startWorking(installation, log) : null
  const demo = settings.demo
    ? { password: DEMO_PASSWORD, emails: demoPeople.map(({ email }) => email) }
    : null
  const serving = parts.pages
    ? await startServing(installation, log, { assetFolder: assetFolder(ROOT), demo })
    : null
  await announce(settings, installation, sandboxUrl, serving !== null)
  stopOnSignal(async () => {
    await serving?.stop()
    await working?.stop()
    await installation.close()
    await sandbox?.stop()
  })
}

async function announce(
  settings: Settings,
  installation: Parameters<typeof setupAddress>[0],
  sandboxUrl: string | null,
  pages: boolean,
): Promise<void> {
  if (!pages) return console.log('TenantPilot works on operations.')
  console.log(`\n  TenantPilot  ${installation.publicUrl}`)
  if (sandboxUrl)
    console.log(`  Sandbox      ${sandboxUrl}   (plays Microsoft 365; change grants and secrets there)`)
  if (settings.demo) {
    console.log(`\n  Sign in with the password ${DEMO_PASSWORD} as`)
    for (const { email, role, workspace } of demoPeople)
      console.log(`    ${email.padEnd(28)} ${role}, ${workspace}`)
  }
  const setup = await setupAddress(installation)
  if (setup)
    console.log(
      `\n  Nobody can sign in yet. Set up the first owner here (once, within 24 hours):\n  ${setup}`,
    )
  console.log()
}

function openSandbox({ SANDBOX_DEVICES, SANDBOX_GROUPS, SANDBOX_PORT }: Settings): Promise<Sandbox> {
  const world = {
    directories: demoDirectories({ groups: SANDBOX_GROUPS, devices: SANDBOX_DEVICES }),
    centralApps: [demoCentralApp()],
  }
  return startSandbox({ port: SANDBOX_PORT, ...world }).catch((fault) => {
    throw cannotListen(fault, SANDBOX_PORT, 'SANDBOX_PORT')
  })
}

async function migrateOnly(settings: Settings): Promise<void> {
  const database = await openOurDatabase(settings)
  const applied = await migrate(database.db)
  console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`)
  await database.close()
}

async function checkOnly(): Promise<void> {
  const holds = await reportInvariants(readSettings(process.env, { demo: false, needsKey: false }))
  if (!holds) process.exitCode = 1
}

async function rotateKeysOnly(settings: Settings): Promise<void> {
  if (!(await rotateKeys(settings))) process.exitCode = 1
}

async function sandboxOnly(settings: Settings): Promise<void> {
  const sandbox = await openSandbox(settings)
  console.log(`Sandbox on ${sandbox.url}`)
  stopOnSignal(() => sandbox.stop())
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
}

main(process.argv.slice(2)).catch((fault: unknown) => {
  const known = EXPECTED.some((kind) => fault instanceof kind)
  console.error(known ? (fault as Error).message : fault)
  process.exit(1)
})

/** What an operator can mend, told in one sentence. */
const EXPECTED = [WrongSetting, DataDirectoryInUse, NothingToCheck]
