import { type Database, openDatabase } from '../database/index.ts'
import { databaseOf, type Settings, WrongSetting } from './settings.ts'

/** Opens the database of the settings; when it cannot be had, throws WrongSetting, never with a password. */
export async function openOurDatabase(settings: Settings): Promise<Database> {
  const database = await openDatabase(databaseOf(settings)).catch((fault) => {
    throw isFileFault(fault) ? new WrongSetting(directoryFault(settings.DATA_DIR, fault)) : fault
  })
  try {
    await database.db.selectNoFrom((eb) => eb.lit(1).as('one')).execute()
    return database
  } catch (fault) {
    await database.close()
    throw settings.DATABASE_URL ? new WrongSetting(serverFault(settings.DATABASE_URL, fault)) : fault
  }
}

const isFileFault = (fault: unknown): fault is NodeJS.ErrnoException =>
  ['ENOTDIR', 'EEXIST', 'ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(codeOf(fault))

const directoryFault = (directory: string, fault: unknown) =>
  `DATA_DIR has to be a directory that can be written to; "${directory}" is none (${codeOf(fault)}).`

function serverFault(address: string, fault: unknown): string {
  const { host } = new URL(address)
  const server = host || 'localhost'
  /* A server that answered says what it misses, and codes it in five characters, such as 28P01. */
  return /^[0-9A-Z]{5}$/.test(codeOf(fault))
    ? `DATABASE_URL: the server at ${server} refuses the connection: ${(fault as Error).message}.`
    : `DATABASE_URL: no PostgreSQL server answers at ${server} (${codeOf(fault) || 'the connection ended'}).`
}

/** Why an address cannot be listened on, by the variable that chooses it. */
export function cannotListen(fault: unknown, port: number, variable: 'PORT' | 'SANDBOX_PORT'): unknown {
  const code = codeOf(fault)
  if (code === 'EADDRINUSE')
    return new WrongSetting(
      `Port ${port} is in use. Stop what listens there, or choose another with ${variable}.`,
    )
  if (code === 'EACCES')
    return new WrongSetting(`Port ${port} is not for this user. Choose another with ${variable}.`)
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'].includes(code))
    return new WrongSetting(`HOST has to be a name or an address of this machine (${code}).`)
  return fault
}

const codeOf = (fault: unknown): string =>
  fault instanceof Error && 'code' in fault ? String(fault.code) : ''
