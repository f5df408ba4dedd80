import { definitionOf } from '../../../catalog/index.ts'
import type { ReasonTexts } from '../words.ts'

/** Reasons that lie in how the tenant is reached. */
export const connectionTexts = {
  provider_connection_missing: () => ({
    label: 'No provider connection',
    explanation: 'This tenant has no provider connection, so nothing can reach it yet.',
    cause: 'Every operation works through a connection: an app registration that signs in to Microsoft.',
  }),
  provider_connection_default_missing: ({ count }) => ({
    label: 'No default connection',
    explanation:
      count === 1
        ? 'One connection exists, but it is not the default.'
        : `${count} connections exist, and none of them is the default.`,
    cause:
      'A start uses the default connection. It is never guessed, because another app may do other things.',
  }),
  provider_connection_disabled: () => ({
    label: 'Connection disabled',
    explanation: 'The provider connection is disabled, so no operation may use it.',
    cause: 'Somebody disabled it. It stays so until somebody enables it again.',
  }),
  provider_binding_unsupported: ({ operation }) => ({
    label: 'Not available with this provider',
    explanation: `“${definitionOf(operation).words.en.title}” is not available with the provider of this connection.`,
    cause: 'The provider has nothing this operation could work on. Other settings would not change that.',
  }),
  provider_scope_mismatch: () => ({
    label: 'Connection leads to another directory',
    explanation: 'The directory of the connection is not the directory of this tenant.',
    cause: 'Work could reach the wrong tenant, so nothing starts until both name the same directory.',
  }),
  provider_directory_unknown: () => ({
    label: 'Directory not found at Microsoft',
    explanation: 'Microsoft knows no directory with this id in the cloud that the connection uses.',
    cause: 'The id may be mistyped, the directory deleted, or its home is another Microsoft cloud.',
  }),
} satisfies Partial<ReasonTexts>
