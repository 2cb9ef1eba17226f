import type { Evidence } from '#exercise/scenario/model.ts'

/** A request that evidence names, as the service sees it. */
export interface Request {
  readonly method: string
  /** Under which it may be served, likeliest first: what comes over X-Road is served under another path. */
  readonly paths: readonly string[]
  /** Stems of the words in which it is said. */
  readonly words: ReadonlySet<string>
}

const LINE = /\b(GET|POST|PUT|PATCH|DELETE|HEAD) (https?:\/\/[^\s"]+|\/[^\s"]*)/g
/** X-Road's message protocol for REST: instance, class, member, subsystem and service code, then the service's own path. */
const XROAD = /^\/r1\/[^/]+\/[^/]+\/[^/]+\/([^/]+)\/([^/]+)(\/.*)?$/
const MOST = 40
/** Letters by which words are told apart. */
const STEM = 6

/** Requests to the service that evidence is about, in their order: those before, what was sent, and what came to a listener. */
export function requestsIn(evidence: Evidence, service: string): readonly Request[] {
  const latest = `${evidence.sent}\n${evidence.step}\n${evidence.received}`
  const before = (evidence.before ?? []).flatMap((line) => named(line, service, stemsIn(unlike(line))))
  return [...before, ...named(latest, service, wordsIn(evidence))].slice(-MOST)
}

const named = (text: string, service: string, words: Request['words']): readonly Request[] =>
  [...text.matchAll(LINE)].flatMap(([, method = '', where = '']) => {
    const url = URL.parse(where, `http://${service}`)
    if (!url) return []
    const paths = [...overXroad(url.pathname, service), ...(url.hostname === service ? [url.pathname] : [])]
    return paths.length === 0 ? [] : [{ method, paths, words }]
  })

function overXroad(path: string, service: string): readonly string[] {
  const [, subsystem, code, rest = ''] = XROAD.exec(path) ?? []
  return subsystem === service ? [`/${code}${rest}`, `/xroad/${code}${rest}`, `/xroad${rest}`] : []
}

/** Without hosts, and without what is different in each run. */
const unlike = (line: string): string => line.replace(/https?:\/\/[\w.-]+/, '').replace(/[\w-]*\d[\w-]*/g, '')

const KEY = /(?:^|[?&\n])([\w.-]{2,40})(?==|: )|"\$?\.?([\w.$-]{2,60})"\s*:/g

/** Stems of the words by which evidence names what it is about: its step, the path, keys of queries, forms and JSON, and headers. */
export function wordsIn({ step, sent, expected }: Evidence): ReadonlySet<string> {
  const [first = ''] = sent.split('\n')
  const keys = [...`${sent}\n${expected}`.matchAll(KEY)].map(([, a, b]) => a ?? b ?? '')
  return stemsIn([unlike(first.replace(/[?#].*/, '')), unlike(step), ...keys].join(' '))
}

/** In every request, whatever it is about. */
const COMMON = new Set(
  'http https get post put patch delete head step and the with for that has have was are their them they who whom what from into its one own not api json text html content type status true false null accept application charset utf user agent host road authorization csrf token length connection sql repeat'
    .split(' ')
    .flatMap(stemsOf),
)
const stemsIn = (text: string): ReadonlySet<string> =>
  new Set(stemsOf(text).filter((one) => !COMMON.has(one)))

/** Words of a text or a source in small letters, those of `camelCase` apart, and without their endings. */
export function stemsOf(text: string): readonly string[] {
  const words = text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []
  return words.flatMap((word) =>
    word.length < 3
      ? []
      : [
          word
            .toLowerCase()
            .replace(/(?:e?s|ed|ing)$/, '')
            .slice(0, STEM),
        ],
  )
}
