/** What a script that a page names comes from: the page's own site, or the page itself. */
export type ScriptFrom = 'self' | 'inline'

/** The directive that rules scripts is the first of these that a policy has. */
const RULING = ['script-src-elem', 'script-src', 'default-src']
const BY_NAME = /^'(nonce-|sha(256|384|512)-)/

/**
 * Whether a browser that obeys the page's policies would run a script that the page's author gave no nonce or hash. Every policy must allow it.
 * Source: W3C, Content Security Policy Level 3, 6.7 (script directives) and 4.2 (policies are enforced together). A sandbox without scripts
 * runs none.
 */
export function runsScript(
  header: string | undefined,
  body: string,
  from: ScriptFrom,
  origin: string,
): boolean {
  // Several headers come as one, with commas between.
  const sent = (header ?? '').split(',').map(directivesOf)
  if (sent.some((policy) => policy.has('sandbox') && !policy.get('sandbox')?.includes('allow-scripts')))
    return false
  return [...sent, ...policiesInHead(body)].every((policy) => allows(policy, from, origin))
}

type Policy = ReadonlyMap<string, readonly string[]>

/** What a head is made of; anything else ends it, also where no tag says so. */
const OF_HEAD = /^<(\/?(html|head|meta|link|base|title|style|script|noscript|template)\b|!doctype)/i
/** What stands in these is text, or nothing. */
const OPAQUE = /<!--[\s\S]*?(-->|$)|<(title|style|script|noscript|template)\b[\s\S]*?(<\/\2\s*>|$)/gi

/** No head is longer; where one is, what comes after is taken for the body. */
const HEAD_MOST = 65_536

/** Tags, and the words between them, in order. A tag that does not end is none. */
function* partsOf(page: string): Generator<string> {
  for (let at = 0; at < page.length; ) {
    const tag = page[at] === '<'
    const end = page.indexOf(tag ? '>' : '<', at + 1)
    if (tag && end < 0) return
    const next = tag ? end + 1 : end < 0 ? page.length : end
    yield page.slice(at, next)
    at = next
  }
}

/** Policies in the page itself. A browser obeys them in the head alone (HTML, 4.2.5.3), and a `sandbox` in none of them. */
function policiesInHead(body: string): readonly Policy[] {
  const policies: Policy[] = []
  for (const part of partsOf(body.slice(0, HEAD_MOST).replace(OPAQUE, ''))) {
    // Words end a head as well, whatever comes after them.
    if (part.trim() === '') continue
    if (!OF_HEAD.test(part) || /^<\/head/i.test(part)) break
    if (!/^<meta\b[^>]*\shttp-equiv\s*=\s*["']?content-security-policy["']?/i.test(part)) continue
    const [, , double, single] = /\scontent\s*=\s*("([^"]*)"|'([^']*)')/i.exec(part) ?? []
    policies.push(directivesOf(double ?? single ?? ''))
  }
  return policies
}

function directivesOf(policy: string): Policy {
  const directives = new Map<string, readonly string[]>()
  for (const part of policy.split(';')) {
    const [name = '', ...values] = part.trim().split(/\s+/)
    // The first of a name counts.
    if (name !== '' && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), values)
  }
  return directives
}

function allows(directives: Policy, from: ScriptFrom, origin: string): boolean {
  const ruling = RULING.find((name) => directives.has(name))
  if (ruling === undefined) return true
  const sources = directives.get(ruling) ?? []
  if (from === 'inline') return sources.includes("'unsafe-inline'") && !sources.some((s) => BY_NAME.test(s))
  if (sources.includes("'strict-dynamic'")) return false
  const { protocol, host } = new URL(origin)
  return sources.some(
    (source) =>
      ["'self'", '*', protocol, host, `${protocol}//${host}`].includes(source) ||
      source.startsWith(`${protocol}//${host}/`),
  )
}
