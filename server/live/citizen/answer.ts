import type { Addresses } from './addresses.ts'

/** What of a service's answer the browser gets, made harmless for everything but the page itself. */
export interface Page {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer
}

/** As it came. All others stay here: cookies go into the jar, and what rules more than the page (HSTS, Clear-Site-Data, Service-Worker-Allowed, Cross-Origin-*, reports) is not for it to say. */
const PASSED = ['content-type', 'content-language', 'content-disposition', 'x-content-type-options'] as const
/** Addresses in these are rewritten. */
const LEADING = ['location', 'refresh', 'content-location'] as const
const TEXT = /^(text\/(html|css|javascript|plain|xml)|application\/([\w.+-]*\+)?(json|javascript|xml))\b/i
/** Of a service's own policy these would keep the page out of its frame, or reach beyond it. */
const NOT_ITS_OWN =
  /^(frame-ancestors|report-uri|report-to|sandbox|upgrade-insecure-requests|block-all-mixed-content)\b/i

/** Text is rewritten, so more of it than pages and scripts of services have is not shown. */
export const MOST_TEXT = 512 * 1024

/** Makes of a service's answer what its origin sends; null for too much text. `platform`: the origin whose page holds the frame. */
export async function pageOf(
  answer: { status: number; headers: readonly (readonly [string, string])[]; body: Buffer },
  addresses: Addresses,
  platform: string,
): Promise<Page | null> {
  const all = (name: string) =>
    answer.headers.filter(([known]) => known.toLowerCase() === name).map(([, value]) => value)
  const headers: Record<string, string | readonly string[]> = {}
  for (const name of PASSED) {
    const [value] = all(name)
    if (value !== undefined) headers[name] = value
  }
  for (const name of LEADING) {
    const [value] = all(name)
    const led = value && addresses.outward(value)
    // In the frame of somebody who visits two teams one would act in the other.
    if (led && !addresses.ofOthers(targetOf(led))) headers[name] = led
  }
  const own = all('content-security-policy').flatMap((policy) => policy.split(',').map(ownPolicy))
  const policies = own.filter((policy) => policy !== '').map((policy) => addresses.outward(policy))
  const [type = ''] = all('content-type')
  const isText = TEXT.test(type)
  if (isText && answer.body.length > MOST_TEXT) return null
  return {
    status: answer.status,
    headers: { ...headers, ...guards(addresses, platform, policies) },
    // Byte by byte: what is not ASCII stays as it is in every encoding that has ASCII in it.
    body: isText
      ? Buffer.from(await addresses.outwardInTurns(answer.body.toString('latin1')), 'latin1')
      : answer.body,
  }
}

/** The address in a `Location`, or in a `Refresh` after its seconds. */
const targetOf = (value: string): string =>
  value.replace(/^[\s\d.]*[;,]?\s*(?:url\s*=)?\s*['"]?/i, '').replace(/['"]\s*$/, '')

const ownPolicy = (policy: string): string =>
  policy
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !NOT_ITS_OWN.test(part))
    .join('; ')

/**
 * Headers of every answer of a citizen's origin. The policy stands beside the service's own, and both hold: a page does what it could do for a citizen, and
 * speaks with nobody but the services of its own team. `worker-src`: a service worker would outlive the page.
 */
export function guards(
  { origins }: Pick<Addresses, 'origins'>,
  platform: string,
  own: readonly string[] = [],
): Readonly<Record<string, string | readonly string[]>> {
  const team = origins.join(' ')
  const policy = [
    `default-src 'self' ${team} data: blob: 'unsafe-inline' 'unsafe-eval'`,
    "worker-src 'none'",
    "object-src 'none'",
    `base-uri 'self' ${team}`,
    `form-action 'self' ${team}`,
    `frame-ancestors ${platform} ${team}`,
    'sandbox allow-scripts allow-forms allow-same-origin',
  ].join('; ')
  return {
    'content-security-policy': [policy, ...own],
    // Another team's page may have this port after a restart: nothing of this one is kept.
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), display-capture=(), clipboard-read=(), clipboard-write=(), fullscreen=()',
    'x-dns-prefetch-control': 'off',
    'x-robots-tag': 'noindex',
    'cross-origin-resource-policy': 'same-site',
  }
}
