import type { Child } from 'hono/jsx'
import { Icon } from '../look/index.ts'

/** One filled button per view; red only where something is overwritten; dashed where a start would be held. */
const LOOKS = {
  usual: 'btn',
  primary: 'btn btn-primary',
  danger: 'btn btn-danger',
  quiet: 'btn btn-quiet',
  held: 'btn btn-held',
} as const

export type ButtonLook = keyof typeof LOOKS

const look = (name: ButtonLook, small: boolean) => (small ? `${LOOKS[name]} btn-sm` : LOOKS[name])

interface ButtonProps {
  look?: ButtonLook
  small?: boolean
  id?: string
  type?: 'submit' | 'button'
  name?: string
  value?: string
  describedBy?: string
  children: Child
}

/** A button that submits the form it stands in. */
export const Button = ({
  look: name = 'usual',
  small = false,
  id,
  type = 'submit',
  describedBy,
  children,
  ...rest
}: ButtonProps) => (
  <button type={type} id={id} class={look(name, small)} aria-describedby={describedBy} {...rest}>
    {children}
  </button>
)

/** A link that looks like a button, for going somewhere. */
export const LinkButton = ({
  href,
  look: name = 'usual',
  small = false,
  children,
}: {
  href: string
  look?: ButtonLook
  small?: boolean
  children: Child
}) => (
  <a class={look(name, small)} href={href}>
    {children}
  </a>
)

interface DeniedButtonProps {
  id: string
  small?: boolean
  /** Who can do it instead: "Needs a manager. Ask Owner One or Manager One." */
  why: string
  children: Child
}

/** A button this reader's role does not have; still reachable, and it says who can. */
export const DeniedButton = ({ id, small = false, why, children }: DeniedButtonProps) => (
  <span class="form-end">
    <button type="button" class={look('usual', small)} aria-disabled="true" aria-describedby={`${id}-why`}>
      {children}
    </button>
    <WhyNot id={`${id}-why`}>{why}</WhyNot>
  </span>
)

/** The sentence that explains a disabled control. */
export const WhyNot = ({ id, children }: { id: string; children: Child }) => (
  <span class="why-not" id={id}>
    <Icon name="lock" size="small" />
    <span>{children}</span>
  </span>
)
