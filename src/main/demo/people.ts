import type { Role } from '../../access/index.ts'

/** Everybody of the demonstration signs in with this. */
export const DEMO_PASSWORD = 'demo-demo-demo'

/** One person of the demonstration. */
export interface DemoPerson {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly workspace: string
  /** The names of the tenants they reach; left out, they reach all. */
  readonly tenants?: readonly string[]
}

export const demoPeople: readonly DemoPerson[] = [
  { email: 'owner@contoso.example', name: 'Owner One', role: 'owner', workspace: 'Contoso MSP' },
  { email: 'manager@contoso.example', name: 'Manager One', role: 'manager', workspace: 'Contoso MSP' },
  { email: 'operator@contoso.example', name: 'Operator One', role: 'operator', workspace: 'Contoso MSP' },
  {
    email: 'helpdesk@contoso.example',
    name: 'Helpdesk One',
    role: 'readonly',
    workspace: 'Contoso MSP',
    tenants: ['Adventure Works', 'Litware'],
  },
  { email: 'readonly@contoso.example', name: 'Reader One', role: 'readonly', workspace: 'Contoso MSP' },
  { email: 'owner@fabrikam.example', name: 'Fabrikam Owner', role: 'owner', workspace: 'Fabrikam IT' },
]

/** Asked to join, and not here yet. Nobody has the link; an owner can renew it. */
export const demoInvitation = {
  email: 'new.colleague@contoso.example',
  role: 'operator',
  workspace: 'Contoso MSP',
  inviter: 'Owner One',
} as const
