/** What a script that a page names comes from: the page's own site, or the page itself. */
export type ScriptFrom = 'self' | 'inline'

/** The directive that rules scripts is the first of these that a policy has. */
const RULING = ['script-src-elem', 'script-src', 'default-src']
const BY_NAME = /^'(nonce-|sha(256|384|512)-)/

/**
 * Whether a browser that obeys the page's policies would run a script that the page's author gave no nonce or hash. Every policy must allow it.
 * Source: W3C, Content Security Policy Level 3, 6.7 (script directives) and 4.2 (policies are enforced together). A sandbox without scripts runs none.
 */
export function runsScript(
  header: string | undefined,
  body: string,
  from: ScriptFrom,
  origin: string,
): boolean {
  const inPage = [...body.matchAll(/<meta[^>]+http-equiv=["']?content-security-policy["']?[^>]*>/gi)].map(
    ([tag]) => /content=("([^"]*)"|'([^']*)')/i.exec(tag)?.slice(2).find(Boolean) ?? '',
  )
  // Several headers come as one, with commas between.
  const policies = [...(header ?? '').split(','), ...inPage].filter((policy) => policy.trim() !== '')
  return policies.every((policy) => allows(policy, from, origin))
}

function allows(policy: string, from: ScriptFrom, origin: string): boolean {
  const directives = new Map<string, readonly string[]>()
  for (const part of policy.split(';')) {
    const [name = '', ...values] = part.trim().split(/\s+/)
    // The first of a name counts.
    if (name !== '' && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), values)
  }
  const sandbox = directives.get('sandbox')
  if (sandbox && !sandbox.includes('allow-scripts')) return false
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
