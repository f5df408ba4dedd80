import type { LiveDirectory } from '../directory.ts'
import type { Kind } from '../intune/kind.ts'
import { sliceOf } from '../intune/listed.ts'
import { find } from '../intune/objects.ts'
import type { GraphAnswer, GraphRequest } from './answers.ts'
import type { Collection, Deed } from './collection.ts'
import { notFound } from './errors.ts'
import { contextOf, listOf } from './reads.ts'

/** Reading what belongs to one object at its own address, page by page. */
export const partDeeds = (kind: Kind): Deed[] =>
  Object.entries(kind.parts ?? {})
    .filter(([, { hasAddress }]) => hasAddress)
    .map(([name, { pageSize }]) => ({
      method: 'GET',
      at: new RegExp(`^${name}$`),
      needs: [kind.read],
      answer: (request, directory, { id }) => partPage(request, directory, kind, { id, name, pageSize }),
    }))

function partPage(
  request: GraphRequest,
  directory: LiveDirectory,
  kind: Kind,
  { id, name, pageSize }: { id: string; name: string; pageSize: number },
): GraphAnswer {
  const found = find(directory.intune.objects[kind.name], id)
  if (!found) return notFound(request, kind.dialect, id)
  const items = found.part(name)
  const collection: Collection = {
    path: `${kind.path}('${found.id}')/${name}`,
    versions: kind.versions,
    dialect: kind.dialect,
    acceptable: kind.read,
    pageSize: () => pageSize,
    largestPage: kind.largestPage,
    items: () => ({
      read: (from, most) => ({
        items: sliceOf(items, from, from + most),
        next: from + most < items.length ? from + most : null,
      }),
    }),
  }
  return listOf(request, directory, collection)
}

/** What else may be asked about one object. */
export const questionDeeds = (kind: Kind): Deed[] =>
  (kind.questions ?? []).map(({ answer, needs, pattern }) => ({
    method: 'GET',
    at: pattern,
    needs: [needs],
    answer: (request, directory, { below, id }) => {
      const found = find(directory.intune.objects[kind.name], id)
      const about = pattern.exec(below)?.[1] ?? ''
      const value = found && answer(found.properties, about)
      if (value === null) return notFound(request, kind.dialect, id)
      return { status: 200, body: { '@odata.context': contextOf(request, 'Edm.String'), value } }
    },
  }))
