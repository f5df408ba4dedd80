import type { SandboxPerson } from './directory.ts'
import { guidOf } from './guid.ts'

/** Directory roles by their template ids, the same in every directory of Microsoft Entra. */
export const DIRECTORY_ROLES = {
  'Global Administrator': '62e90394-69f5-4237-9190-012177145e10',
  'Application Administrator': '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
} as const

/** Every holder of a role is a user, too; Microsoft says so with this id. */
const USER = 'b79fbf4d-3ef9-4689-8143-76b194e85509'

/** The people of a directory: somebody who may consent to anything, somebody who almost may, and a user. */
export const peopleOf = (directoryId: string, domain: string): SandboxPerson[] => [
  person(directoryId, `admin@${domain}`, 'Ada Admin', [DIRECTORY_ROLES['Global Administrator']]),
  person(directoryId, `apps@${domain}`, 'Abel Apps', [DIRECTORY_ROLES['Application Administrator']]),
  person(directoryId, `user@${domain}`, 'Una User', []),
]

const person = (directoryId: string, userName: string, name: string, roles: string[]): SandboxPerson => ({
  id: guidOf('person', directoryId, userName),
  name,
  userName,
  roles: [...roles, USER],
})
