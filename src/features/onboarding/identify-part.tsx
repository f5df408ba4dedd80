import {
  Button,
  ErrorSummary,
  LinkButton,
  Part,
  ReasonCallout,
  TextField,
} from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { LONGEST_OF_TENANT } from '../tenants/index.ts'
import type { IdentifyFlaws, IdentifyInput } from './identify-tenant.ts'
import { type SessionFacts, sessionHref } from './onboarding.ts'
import { onboardingWords } from './onboarding.words.ts'

export interface IdentifyProps {
  reader: Reader
  facts: SessionFacts
  typed: IdentifyInput
  flaws: IdentifyFlaws & { readonly tooOften?: true }
}

/** Which tenant it is: the form, or what was found. */
export const IdentifyPart = (props: IdentifyProps) => {
  const { facts, reader } = props
  const words = onboardingWords(reader.language).identify
  if (!facts.tenant) return <IdentifyForm {...props} />
  const { directoryId, provenAt, state } = facts.tenant
  if (state === 'archived')
    return (
      <ReasonCallout
        size="large"
        mark="archived"
        title={words.archived}
        why={words.archivedText}
        nextSteps={[{ kind: 'link', text: words.reactivate, href: `/admin/t/${directoryId}/reactivate` }]}
      />
    )
  return (
    <ReasonCallout size="large" mark="ready" title={words.done} why={words.doneText(directoryId)}>
      <p class="mt-1 text-ink-2">{provenAt ? words.proven : words.unproven}</p>
      {facts.state === 'open' && (
        <p class="mt-3">
          <LinkButton href={sessionHref(facts.id, 'connect')} look={facts.connection ? 'usual' : 'primary'}>
            {onboardingWords(reader.language).backTo(onboardingWords(reader.language).steps.connect)}
          </LinkButton>
        </p>
      )}
    </ReasonCallout>
  )
}

const IdentifyForm = ({ facts, flaws, reader, typed }: IdentifyProps) => {
  const words = onboardingWords(reader.language).identify
  const { directory, name } = flaws
  const errors = Object.entries({ directory, name }).flatMap(([field, flaw]) =>
    flaw ? [{ field, text: words.flaws[flaw] }] : [],
  )
  if (flaws.tooOften) errors.push({ field: 'directory', text: words.flaws.too_often })
  return (
    <Part id="identify" title={words.title} lead={words.text}>
      <form class="form mt-4" method="post" action={`${sessionHref(facts.id)}/identify`} novalidate>
        {errors.length > 0 && <ErrorSummary title={words.summary(errors.length)} errors={errors} />}
        <input type="hidden" name="version" value={String(facts.version)} />
        <TextField
          id="directory"
          name="directory"
          label={words.directory}
          hint={words.directoryHint}
          value={typed.directory}
          error={directory && words.flaws[directory]}
          required
          maxlength={253}
          autocomplete="off"
          spellcheck={false}
          autofocus={errors.length === 0}
        />
        <TextField
          id="name"
          name="name"
          label={words.name}
          hint={words.nameHint}
          value={typed.name}
          error={name && words.flaws[name]}
          required
          maxlength={LONGEST_OF_TENANT.name}
          autocomplete="off"
        />
        <div class="form-end">
          <Button look="primary">{words.submit}</Button>
        </div>
      </form>
    </Part>
  )
}
