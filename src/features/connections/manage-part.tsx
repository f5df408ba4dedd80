import type { Child } from 'hono/jsx'
import { type Capability, roleMay } from '../../access/index.ts'
import { Button, LinkButton, Part, StartList, WhyNot } from '../../web/components/index.ts'
import type { Reader } from '../../web/index.ts'
import { connectionHref, credentialHref } from './at-hand.ts'
import { connectionWords } from './connection.words.ts'
import { credentialWords, whoCan } from './connection-cells.tsx'
import type { SeenConnection } from './connections.sql.ts'

interface ManageProps {
  connection: SeenConnection
  reader: Reader
}

/** What can be changed about a connection; what this reader may not do says who can. */
export const ManagePart = ({ connection, reader }: ManageProps) => {
  const { manage } = connectionWords(reader.language)
  const { facts, id } = connection
  const href = connectionHref(id)
  const may = (capability: Capability) => roleMay(connection.tenant.role, capability)
  return (
    <Part id="change" title={manage.title}>
      <StartList>
        <ManageRow
          id="change-app"
          noun={manage.app}
          now={manage.appNote}
          button={manage.edit}
          needs="tenant.providers.manage"
          may={may}
          reader={reader}
        >
          <LinkButton href={`${href}/edit`} small>
            {manage.edit}
          </LinkButton>
        </ManageRow>
        {facts.type === 'dedicated' && (
          <ManageRow
            id="change-credential"
            noun={manage.credential}
            now={credentialNow(connection, reader)}
            button={manage.replace}
            needs="tenant.providers.view"
            may={may}
            reader={reader}
          >
            <LinkButton href={credentialHref(id)} small>
              {manage.replace}
            </LinkButton>
          </ManageRow>
        )}
        <DefaultRow connection={connection} reader={reader} may={may} />
        <UseRow connection={connection} reader={reader} may={may} />
      </StartList>
    </Part>
  )
}

function credentialNow(connection: SeenConnection, reader: Reader): string {
  const { detail, value } = credentialWords(connection, reader)
  return detail === undefined ? value : `${value}, ${detail}`
}

type May = (capability: Capability) => boolean

const DefaultRow = ({ connection, may, reader }: ManageProps & { may: May }) => {
  const { manage } = connectionWords(reader.language)
  const { defaultLabel, id, isDefault } = connection
  const other = defaultLabel === null ? manage.noneIsDefault : manage.isNotDefault(defaultLabel)
  return (
    <ManageRow
      id="change-default"
      noun={manage.default}
      now={isDefault ? manage.isDefault : other}
      button={manage.makeDefault}
      needs="tenant.providers.manage"
      may={may}
      reader={reader}
    >
      {!isDefault && (
        <form method="post" action={`${connectionHref(id)}/make-default`}>
          <Button small>{manage.makeDefault}</Button>
        </form>
      )}
    </ManageRow>
  )
}

const UseRow = ({ connection, may, reader }: ManageProps & { may: May }) => {
  const { manage } = connectionWords(reader.language)
  const { facts, id } = connection
  const href = connectionHref(id)
  const button = facts.isEnabled ? manage.disable : manage.enable
  return (
    <ManageRow
      id="change-use"
      noun={manage.use}
      now={facts.isEnabled ? manage.enabled : manage.disabled}
      button={button}
      needs="tenant.providers.manage"
      may={may}
      reader={reader}
    >
      {facts.isEnabled ? (
        <LinkButton href={`${href}?confirm=disable#confirm`} small>
          {button}
        </LinkButton>
      ) : (
        <form method="post" action={`${href}/enable`}>
          <Button small>{button}</Button>
        </form>
      )}
    </ManageRow>
  )
}

interface ManageRowProps {
  id: string
  noun: string
  /** What is so now. */
  now: string
  button: string
  needs: Capability
  may: May
  reader: Reader
  /** The control of whoever may; false where there is nothing to do. */
  children: Child
}

const ManageRow = ({ button, children, id, may, needs, noun, now, reader }: ManageRowProps) => {
  const denied = children !== false && !may(needs)
  return (
    <li class="act" id={id}>
      <div class="a-noun">
        <h3>{noun}</h3>
        <p class="sub">{now}</p>
      </div>
      <div class="a-fore">{denied && <WhyNot id={`${id}-why`}>{whoCan(needs, reader)}</WhyNot>}</div>
      <div class="a-btn">
        {denied ? (
          <button type="button" class="btn btn-sm" aria-disabled="true" aria-describedby={`${id}-why`}>
            {button}
          </button>
        ) : (
          children
        )}
      </div>
    </li>
  )
}
