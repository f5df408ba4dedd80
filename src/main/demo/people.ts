import type { Role } from '../../access/index.ts'

/** Everybody of the demonstration signs in with this. */
export const DEMO_PASSWORD = 'demo-demo-demo'

export const demoPeople: readonly { email: string; name: string; role: Role; workspace: string }[] = [
  { email: 'owner@contoso.example', name: 'Owner One', role: 'owner', workspace: 'Contoso MSP' },
  { email: 'manager@contoso.example', name: 'Manager One', role: 'manager', workspace: 'Contoso MSP' },
  { email: 'operator@contoso.example', name: 'Operator One', role: 'operator', workspace: 'Contoso MSP' },
  { email: 'readonly@contoso.example', name: 'Reader One', role: 'readonly', workspace: 'Contoso MSP' },
  { email: 'owner@fabrikam.example', name: 'Fabrikam Owner', role: 'owner', workspace: 'Fabrikam IT' },
]
