import { Button, LinkButton, PageHeader, TextField } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { AccessFields, type Issue, IssueSummary } from './access-fields.tsx'
import type { TypedAccess } from './access-input.ts'
import { INVITATIONS, MEMBERS } from './at-hand.ts'
import type { ChoosableTenant } from './members.ts'
import { membersWords } from './members.words.ts'

interface InvitePageProps {
  shell: Shell
  reader: Reader
  choices: readonly ChoosableTenant[]
  typed: { readonly email: string; readonly access: TypedAccess }
  issues: readonly Issue[]
}

/** The form that invites somebody. */
export const InvitePage = ({ choices, issues, reader, shell, typed }: InvitePageProps) => {
  const words = membersWords(reader.language)
  const { cancel, email, emailHint, lead, submit, title } = words.inviteForm
  return (
    <Page
      shell={shell}
      title={title}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: words.title, href: MEMBERS },
        { label: title },
      ]}
      at={MEMBERS}
    >
      <PageHeader title={title} lead={lead} />
      <form class="form mt-4" method="post" action={INVITATIONS} novalidate>
        <IssueSummary issues={issues} reader={reader} />
        <TextField
          id="email"
          name="email"
          type="email"
          label={email}
          hint={emailHint}
          value={typed.email}
          error={issues.find(({ pointer }) => pointer === '/email')?.detail}
          autocomplete="off"
          required
        />
        <AccessFields typed={typed.access} choices={choices} issues={issues} reader={reader} />
        <div class="form-end">
          <Button look="primary">{submit}</Button>
          <LinkButton href={MEMBERS} look="quiet">
            {cancel}
          </LinkButton>
        </div>
      </form>
    </Page>
  )
}
