import type { LogSearch } from '../../server/engine/ports/log-search.ts'
import { DeployFailure, type Range } from '../../server/engine/ports/ports.ts'
import type { RangeHost } from '../../server/engine/ports/range-host.ts'
import { openFakeRange } from '../engine/fake-range.ts'

/** Ranges of switches for a whole platform: what was deployed, adopted, let go and removed, by exercise. */
export function openFakeRangeHost() {
  const ranges = new Map<string, ReturnType<typeof openFakeRange>>()
  const done: string[] = []
  const searched: { readonly exerciseId: string; readonly team: string; readonly search: LogSearch }[] = []
  let failing: string | null = null
  let carried = Number.POSITIVE_INFINITY
  const host: RangeHost = {
    range({ exerciseId }) {
      const fake = openFakeRange()
      ranges.set(exerciseId, fake)
      const range: Range = {
        ...fake.range,
        async deploy(teams, tell, proven) {
          done.push(`deploy ${exerciseId} ${teams.join(' ')}`)
          const why = failing
          failing = null
          if (why !== null) throw new DeployFailure(null, why, '')
          for (const team of teams) {
            tell({ team, done: 1, total: 1, what: 'ready' })
            proven(team, [{ name: 'host', target: '10.0.0.1', ok: true, detail: '' }])
          }
        },
        async adopt() {
          done.push(`adopt ${exerciseId}`)
          return []
        },
        async searchLogs(team, search) {
          searched.push({ exerciseId, team, search })
          const line = `of ${exerciseId}`
          return { lines: [{ id: 1, at: '2026-01-01T00:00:00Z', service: 'tax', line }], services: ['tax'] }
        },
        async destroy() {
          done.push(`destroy ${exerciseId}`)
        },
        async close() {
          done.push(`close ${exerciseId}`)
        },
      }
      return range
    },
    carries: async () => carried,
    async sweep(keep) {
      done.push(`sweep keeps ${[...keep].toSorted().join(' ')}`)
    },
    async remove(exerciseId) {
      done.push(`remove ${exerciseId}`)
    },
    close: () => {},
  }
  return {
    host,
    ranges,
    done,
    searched,
    /** The machine carries so many enclaves from now on. */
    carry: (enclaves: number) => {
      carried = enclaves
    },
    /** The next deploy fails. */
    failNext: (why: string) => {
      failing = why
    },
  }
}
