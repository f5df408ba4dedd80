import type { ReasonOf } from '../../reason.ts'
import type { Sayer } from '../../sayer.ts'
import type { ReasonTexts } from '../words.ts'

/** Reasons why Microsoft does not do what our app asks once it is signed in. */
export const permissionTexts = {
  provider_permission_missing: (reason, say) => ({
    label:
      reason.permissions.length > 1
        ? `${reason.permissions.length} permissions missing`
        : 'Permission missing',
    explanation: whatIsMissing(reason, say),
    cause: 'Microsoft lets an app do only what its granted application permissions cover.',
  }),
  provider_evidence_missing: () => ({
    label: 'No successful check yet',
    explanation:
      'No check has signed in through this connection yet, so nobody knows what the app was granted.',
    cause: 'What is not known counts as not granted, so that work does not fail halfway.',
  }),
  provider_evidence_stale: ({ seenAt, maxAgeDays }, say) => ({
    label: 'Evidence too old',
    explanation: `The granted permissions were last seen on ${say.time(seenAt)}. Such evidence counts for ${days(maxAgeDays)}.`,
    cause: 'Permissions can be taken away at any time. Old evidence counts as not granted.',
  }),
  provider_not_licensed: () => ({
    label: 'Intune not available',
    explanation: 'Microsoft reports that Intune is not available in this directory.',
    cause: 'The directory has no Intune licence, or device management was never set up there.',
  }),
  provider_throttled: ({ until }, say) => ({
    label: 'Microsoft asks to wait',
    explanation: `Microsoft accepts no further requests for this tenant ${until === null ? 'for the moment' : `until ${say.time(until)}`}.`,
    cause: 'Too many requests were sent in a short time. The limit ends by itself.',
  }),
  provider_unreachable: () => ({
    label: 'Microsoft not reachable',
    explanation: 'Microsoft gave no usable answer, and several tries did not change that.',
    cause: 'The network or the service at Microsoft is disturbed. It usually recovers by itself.',
  }),
  provider_rejected_request: () => ({
    label: 'Request not accepted by Microsoft',
    explanation: 'Microsoft did not accept a request of this operation. Repeating it would not help.',
    cause: 'The request, or the data in it, is not what Microsoft expects. Diagnostics hold the details.',
  }),
  provider_outcome_unknown: () => ({
    label: 'Result of a change unknown',
    explanation: 'A change was sent to Microsoft, and its result is not known. It may have been made.',
    cause:
      'The connection or the service failed before Microsoft’s answer arrived. The change was not sent again, because it could then be made twice.',
  }),
  provider_token_rejected: () => ({
    label: 'Sign-in not accepted by Microsoft Graph',
    explanation: 'The app signed in, but Microsoft Graph refused its access token, and a new one as well.',
    cause:
      'This happens for a while after an app was changed or enabled again, or while Microsoft withdraws its sign-ins. The credential itself was accepted.',
  }),
  provider_reading_lost: () => ({
    label: 'Reading broken off by Microsoft',
    explanation:
      'Microsoft no longer accepted its own link to the rest of the data, and beginning anew did not help.',
    cause:
      'Such links are valid only for a while, and Microsoft may end them at any time. What was read so far is kept, and a new start reads everything.',
  }),
  provider_link_untrusted: () => ({
    label: 'Answer points outside Microsoft Graph',
    explanation:
      'For the rest of the data, the answer named an address that is not Microsoft Graph. It was not opened, and nothing was sent there.',
    cause: 'Microsoft never does this. Something on the way, such as a proxy, may have changed the answer.',
  }),
} satisfies Partial<ReasonTexts>

function whatIsMissing({ permissions, seenAt }: ReasonOf<'provider_permission_missing'>, say: Sayer): string {
  if (permissions.length === 0) return 'The app lacks a permission that Microsoft asks for.'
  const lacks = `The app lacks ${LIST.format(permissions)} in this tenant.`
  if (seenAt === undefined) return lacks
  return `${lacks} The granted permissions were last seen on ${say.time(seenAt)}.`
}

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' })
const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)
