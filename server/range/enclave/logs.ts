import type { LogPage, LogSearch } from '../../engine/ports/log-search.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { execIn } from '../engine-api/exec.ts'

const DEADLINE_MS = 6_000
const MOST_BYTES = 1024 * 1024
const LINE_LENGTH = 4_000
const SERVICES = 100

/** The collector knows its own token; words to look for come in as variables, never as part of the command. */
const ASK = `curl -sf --max-time 5 -G -H "Authorization: Bearer $SOC_TOKEN" --data-urlencode "q=$Q" \
  --data-urlencode "service=$SERVICE" --data-urlencode "before=$BEFORE" --data-urlencode "limit=$LIMIT" \
  --data-urlencode "from=$FROM" --data-urlencode "to=$TO" http://127.0.0.1/api/search`

/** Asks the collector in a team's enclave. Null when it does not answer sensibly: the team is root there and may have changed it. */
export async function searchLogs(
  docker: ContainerEngine,
  container: string,
  search: LogSearch,
): Promise<LogPage | null> {
  const result = await execIn(docker, {
    container,
    command: ['sh', '-c', ASK],
    env: {
      Q: search.q,
      SERVICE: search.service,
      BEFORE: String(search.before ?? Number.MAX_SAFE_INTEGER),
      LIMIT: String(search.limit),
      FROM: momentOf(search.fromWall),
      TO: momentOf(search.toWall),
    },
    user: 'app',
    deadlineMs: DEADLINE_MS,
    maxBytes: MOST_BYTES,
  })
  return result.exitCode === 0 ? readLogPage(result.stdout, search.limit) : null
}

/** As the collector writes its moments; empty: no bound. */
const momentOf = (wall: number | undefined): string =>
  wall === undefined ? '' : new Date(wall).toISOString()

/** Takes only what a page of logs may hold. */
export function readLogPage(text: string, limit: number): LogPage | null {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return null
  }
  const { lines, services } = Object(raw) as Record<string, unknown>
  if (!Array.isArray(lines) || !Array.isArray(services)) return null
  return {
    lines: lines.slice(0, limit).flatMap((entry) => {
      const { id, at, service, line } = Object(entry) as Record<string, unknown>
      if (!Number.isSafeInteger(id)) return []
      return [{ id: Number(id), at: cut(at), service: cut(service), line: cut(line) }]
    }),
    services: services
      .filter((name) => typeof name === 'string')
      .slice(0, SERVICES)
      .map(cut),
  }
}

/** What moves a terminal's cursor, ends a line, or makes letters run backwards: whoever reads a log reads it as it stands. */
const UNSEEN = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu

const cut = (value: unknown): string =>
  typeof value === 'string'
    ? value.slice(0, LINE_LENGTH).replace(UNSEEN, (sign) => (sign === '\t' ? sign : '\ufffd'))
    : ''
