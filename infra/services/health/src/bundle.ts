import { fhirBase, type Resource } from './fhir.ts'
import type { Search } from './parameters.ts'
import { resourceOf, type Stored } from './store.ts'

export interface Found {
  readonly type: string
  readonly total: number
  readonly page: readonly Stored[]
  readonly included: readonly Stored[]
  readonly search: Search
}

/** A searchset Bundle with self, first, previous and next links. */
export function searchset({ type, total, page, included, search }: Found): Resource {
  const { count, offset, used } = search
  const link = (relation: string, at: number) => {
    const query = new URLSearchParams([
      ...used.map(([name, value]): [string, string] => [name, value]),
      ['_count', String(count)],
    ])
    if (at > 0) query.set('_offset', String(at))
    return { relation, url: `${fhirBase()}/${type}?${query}` }
  }
  const entry = (mode: 'match' | 'include') => (stored: Stored) => ({
    fullUrl: `${fhirBase()}/${stored.type}/${stored.id}`,
    resource: resourceOf(stored),
    search: { mode },
  })
  const entries = [...page.map(entry('match')), ...included.map(entry('include'))]
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total,
    link: [
      link('self', offset),
      ...(offset > 0 ? [link('first', 0), link('previous', Math.max(0, offset - count))] : []),
      ...(count > 0 && offset + count < total ? [link('next', offset + count)] : []),
    ],
    // FHIR has no empty lists.
    ...(entries.length > 0 ? { entry: entries } : {}),
  }
}
