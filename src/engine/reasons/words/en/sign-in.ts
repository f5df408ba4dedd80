import type { ReasonOf } from '../../reason.ts'
import type { ReasonTexts } from '../words.ts'

/** Reasons why our app cannot sign in to the directory. */
export const signInTexts = {
  provider_consent_missing: () => ({
    label: 'Admin consent not granted',
    explanation: 'No administrator of this directory has granted consent to the app yet.',
    cause: 'Without admin consent Microsoft does not let the app into the directory.',
  }),
  provider_consent_revoked: () => ({
    label: 'Admin consent revoked',
    explanation: 'The admin consent that the app once had in this directory is no longer there.',
    cause: 'An administrator can take consent back at any time. Since then Microsoft refuses the app.',
  }),
  provider_consent_failed: () => ({
    label: 'Admin consent did not succeed',
    explanation: 'The last attempt to grant admin consent in this directory did not succeed.',
    cause: 'Consent was declined, or the person who signed in may not grant it there.',
  }),
  provider_app_disabled: () => ({
    label: 'App disabled in the directory',
    explanation: 'The app exists in this directory, but it is disabled there.',
    cause: 'An administrator of the directory disabled it, and only they can enable it again.',
  }),
  provider_credential_missing: () => ({
    label: 'Credential missing',
    explanation: 'The connection has no credential, so the app cannot sign in to Microsoft.',
    cause: 'A connection with its own app registration needs a client secret or a certificate.',
  }),
  provider_credential_expired: ({ credential, expiredAt }, say) => {
    const { name, plural } = CREDENTIAL[credential]
    const expired = expiredAt === null ? 'has expired' : `expired on ${say.date(expiredAt)}`
    return {
      label: `${capital(name)} expired`,
      explanation: `The ${name} ${expired}, and Microsoft refuses expired ${plural}.`,
      cause: 'Every operation through this connection would stop at its first request.',
    }
  },
  provider_credential_rejected: ({ credential }) => ({
    label: `${capital(CREDENTIAL[credential].name)} rejected`,
    explanation: `Microsoft rejected the ${CREDENTIAL[credential].name} of this connection.`,
    cause: CREDENTIAL[credential].whyRejected,
  }),
  provider_credential_next_rejected: ({ credential }) => ({
    label: `New ${CREDENTIAL[credential].name} rejected`,
    explanation: `Microsoft rejected the new ${CREDENTIAL[credential].name}. The credential in use stays in force.`,
    cause: CREDENTIAL[credential].whyNewRejected,
  }),
  provider_access_policy: () => ({
    label: 'Refused by conditional access',
    explanation: 'A conditional access policy of this directory does not let the app sign in.',
    cause: 'Such a policy can allow apps only from certain places. It belongs to the directory, not to us.',
  }),
  platform_identity_missing: () => ({
    label: 'Central app not usable',
    explanation: 'The connection uses the central app of this installation, and that app cannot sign in.',
    cause:
      'It is not set up, or its credential is no longer valid. A tenant’s own credential never replaces it.',
  }),
} satisfies Partial<ReasonTexts>

type Credential = ReasonOf<'provider_credential_rejected'>['credential']

interface CredentialNames {
  name: string
  plural: string
  whyRejected: string
  whyNewRejected: string
}

const CREDENTIAL: Record<Credential, CredentialNames> = {
  client_secret: {
    name: 'client secret',
    plural: 'secrets',
    whyRejected: 'Most likely it was replaced or deleted in the app registration, or not copied completely.',
    whyNewRejected:
      'Most likely it was not copied completely. One that was made only just now may need a few minutes.',
  },
  certificate: {
    name: 'certificate',
    plural: 'certificates',
    whyRejected: 'Most likely it was not uploaded to the app registration yet, or was removed there.',
    whyNewRejected:
      'Most likely it was not uploaded to the app registration yet. After that it may need a few minutes.',
  },
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
