import { expect, test } from 'vitest'
import type { SignedInPerson } from '../../graph/index.ts'
import type { DirectoryId } from '../../kernel/index.ts'
import { type AnswerFacts, objectionToAnswer, objectionToPerson } from './decide-consent.ts'

const HERE = '11111111-aaaa-4aaa-8aaa-111111111111'
const CLIENT = 'aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa'
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'

const request = { isFresh: true, sessionId: 's', userId: 'u', directoryId: HERE, clientId: CLIENT }
const connection = { type: 'platform', directoryId: HERE, clientId: CLIENT, mayManage: true } as const
const good: AnswerFacts = { request, sessionId: 's', userId: 'u', connection }

test.each<[string, Partial<AnswerFacts>, ReturnType<typeof objectionToAnswer>]>([
  ['as it was asked', {}, null],
  ['to no question', { request: null }, 'state_unknown'],
  ['in another session', { sessionId: 'other' }, 'state_of_another_session'],
  ['without a session', { sessionId: null }, 'state_of_another_session'],
  ['by another person', { userId: 'other' }, 'state_of_another_session'],
  ['too late', { request: { ...request, isFresh: false } }, 'state_expired'],
  ['for a connection that is gone', { connection: null }, 'connection_changed'],
  ['by somebody who lost the right', { connection: { ...connection, mayManage: false } }, 'not_allowed'],
  ['for another app', { connection: { ...connection, clientId: HERE } }, 'connection_changed'],
  ['for another directory', { connection: { ...connection, directoryId: CLIENT } }, 'connection_changed'],
  ['for an own app', { connection: { ...connection, type: 'dedicated' } }, 'connection_changed'],
])('an answer %s', (_, change, expected) => {
  expect(objectionToAnswer({ ...good, ...change })).toBe(expected)
})

const person: SignedInPerson = {
  directoryId: HERE as DirectoryId,
  objectId: CLIENT,
  name: 'admin@here.example',
  directoryRoles: [GLOBAL_ADMINISTRATOR],
}

test.each<[string, Partial<SignedInPerson>, ReturnType<typeof objectionToPerson>]>([
  ['a global administrator', {}, null],
  [
    'a privileged role administrator',
    { directoryRoles: ['e8611ab8-c189-46e8-94e1-60213ab1f814', 'b79fbf4d-3ef9-4689-8143-76b194e85509'] },
    null,
  ],
  [
    'an application administrator',
    { directoryRoles: ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'] },
    'not_an_administrator',
  ],
  ['somebody without a role', { directoryRoles: [] }, 'not_an_administrator'],
  ['somebody whose role has the name of a method', { directoryRoles: ['toString'] }, 'not_an_administrator'],
  ['an administrator of elsewhere', { directoryId: CLIENT as DirectoryId }, 'another_directory'],
])('%s', (_, change, expected) => {
  expect(objectionToPerson({ ...person, ...change }, HERE)).toBe(expected)
})
