import type { Place } from './act.ts'

/**
 * A program on a citizen's own device (voting app, wallet): from named texts to JSON. It keeps nothing and speaks with nobody: steps carry
 * what it says to services. Throws when it can not work with what it is given.
 */
export type App = (input: Readonly<Record<string, string>>, place: Place) => unknown

type Apps = Readonly<Record<string, App>>

/** Apps of a file that is loaded when one of them is first used: the probe starts sooner without it. */
const later = (names: readonly string[], load: () => Promise<Apps>): Apps =>
  Object.fromEntries(
    names.map(
      (name) => [name, async (input, place) => (await load())[name]?.(input, place)] as [string, App],
    ),
  )

/** By the name that steps use: `<file>/<what>`, one file in apps/ each. */
export const APPS: Apps = {
  // Loaded when first used: the probe starts sooner without what reads time-stamps.
  'xroad/verify': async (input) => (await import('./apps/xroad.ts')).verifyDocument(input),
  'xroad/rogue-request': async (input) => (await import('./apps/xroad-rogue.ts')).rogueRequest(input),
  ...later(
    [
      'mynumber/personalise',
      'mynumber/store',
      'mynumber/renew',
      'mynumber/use',
      'mynumber/reset',
      'mynumber/number',
    ],
    async () => (await import('./apps/mynumber.ts')).myNumberApps,
  ),
  ...later(
    ['relying-party/pkce', 'relying-party/callback', 'relying-party/ocsp', 'relying-party/ocsp-answer'],
    async () => (await import('./apps/relying-party.ts')).relyingPartyApps,
  ),
}
