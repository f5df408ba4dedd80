import { rolesWith } from '../../access/index.ts'
import {
  Button,
  ErrorSummary,
  Facts,
  PageHeader,
  Part,
  SavedNote,
  TextField,
  WhyNot,
} from '../../web/components/index.ts'
import { type Reader, webWords } from '../../web/index.ts'
import { Page, type Shell } from '../../web/layout/index.ts'
import { KEPT, RETENTION_BOUNDS } from '../retention/index.ts'
import { SettingsTabs } from '../settings/index.ts'
import { workspaceWords } from './workspace.words.ts'
import {
  daysField,
  LONGEST_WORKSPACE_NAME,
  type TypedWorkspace,
  type WorkspaceField,
  type WorkspaceFlaws,
} from './workspace-input.ts'

interface WorkspacePageProps {
  shell: Shell
  reader: Reader
  typed: TypedWorkspace
  flaws: WorkspaceFlaws
  mayChange: boolean
  /** It was changed just now. */
  saved: boolean
}

/** What a workspace is called, and for how long it keeps its records. */
export const WorkspacePage = ({ shell, ...props }: WorkspacePageProps) => {
  const { mayChange, reader, saved } = props
  const words = workspaceWords(reader.language)
  return (
    <Page
      shell={shell}
      title={words.title}
      crumbs={[
        { label: shell.workspace.name, href: '/admin' },
        { label: words.settings, href: '/admin/settings' },
        { label: words.title },
      ]}
      at="/admin/settings"
    >
      <PageHeader title={words.title} lead={words.lead} />
      <SettingsTabs at="workspace" reader={reader} />
      {saved && <SavedNote>{words.saved}</SavedNote>}
      {mayChange ? <Form {...props} /> : <AsItIs {...props} />}
    </Page>
  )
}

type BodyProps = Omit<WorkspacePageProps, 'shell'>

const Form = ({ flaws, reader, typed }: BodyProps) => {
  const words = workspaceWords(reader.language)
  const errorOf = (field: WorkspaceField) => flaws[field] && words.flawOf(field, flaws[field])
  const errors = (['name', ...KEPT] as const).flatMap((field) => {
    const text = errorOf(field)
    return text ? [{ field, text }] : []
  })
  return (
    <form class="form mt-6" method="post" action="/admin/settings/workspace" novalidate>
      {errors.length > 0 && <ErrorSummary title={words.wrong} errors={errors} />}
      <TextField
        id="name"
        name="name"
        label={words.name}
        value={typed.name}
        error={errorOf('name')}
        maxlength={LONGEST_WORKSPACE_NAME}
        autocomplete="off"
        required
      />
      {KEPT.map((kept) => (
        <TextField
          id={kept}
          name={daysField(kept)}
          type="number"
          label={words.kept[kept].label}
          hint={`${words.kept[kept].hint} ${words.bounds(RETENTION_BOUNDS[kept])}`}
          value={typed[kept]}
          error={errorOf(kept)}
          required
        />
      ))}
      <p class="text-ui text-ink-2">{words.alsoKept}</p>
      <div class="form-end">
        <Button look="primary">{words.save}</Button>
      </div>
    </form>
  )
}

const AsItIs = ({ reader, typed }: BodyProps) => {
  const words = workspaceWords(reader.language)
  const { roles } = webWords(reader.language)
  const list = new Intl.ListFormat(reader.language, { type: 'disjunction' })
  const who = list.format(rolesWith('workspace.settings.manage').map((role) => roles[role]))
  return (
    <Part id="kept" title={words.keptTitle}>
      <Facts
        facts={KEPT.map((kept) => ({
          label: words.kept[kept].short,
          value: words.days(Number(typed[kept])),
        }))}
      />
      <p class="mt-3 text-ui text-ink-2">{words.alsoKept}</p>
      <p class="mt-4">
        <WhyNot id="why-not">{words.notAllowed(who)}</WhyNot>
      </p>
    </Part>
  )
}
