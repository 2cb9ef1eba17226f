import type { Place } from './act.ts'
import { forgeSignature } from './apps/forged-vote.ts'
import {
  choose,
  encryptChoice,
  openWithShares,
  qr,
  readQr,
  seal,
  verifyTally,
  verifyVote,
} from './apps/vote.ts'
import {
  add as addToContainer,
  change as changeContainer,
  forgedCard,
  wrap as wrapSignature,
} from './apps/asice.ts'
import { retired } from './apps/people.ts'
import { sign as phoneSign } from './apps/phone.ts'
import { request as sigaRequest } from './apps/siga.ts'
import { finishLogin, startLogin } from './apps/health.ts'
import { walletKey, walletPresent, walletProof, walletRead } from './apps/wallet.ts'
import { forge, presentStolen } from './apps/wallet-thief.ts'

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
export const APPS: Readonly<Record<string, App>> = {
  'vote/choose': choose,
  'vote/encrypt': encryptChoice,
  'vote/seal': seal,
  'vote/qr': qr,
  'vote/read-qr': readQr,
  'vote/verify': verifyVote,
  'vote/verify-tally': verifyTally,
  'vote/forge-signature': forgeSignature,
  'vote/open-with-shares': openWithShares,
  // Loaded when first used: the probe starts sooner without what reads time-stamps.
  'xroad/verify': async (input) => (await import('./apps/xroad.ts')).verifyDocument(input),
  'xroad/rogue-request': async (input) => (await import('./apps/xroad-rogue.ts')).rogueRequest(input),
  'asice/add': addToContainer,
  'asice/change': changeContainer,
  'asice/forged-card': forgedCard,
  'asice/wrap': wrapSignature,
  'people/retired': retired,
  'phone/sign': phoneSign,
  'siga/request': sigaRequest,
  'health/start-login': startLogin,
  'health/finish-login': finishLogin,
  'wallet/key': walletKey,
  'wallet/proof': walletProof,
  'wallet/read': walletRead,
  'wallet/present': walletPresent,
  'wallet-thief/forge': forge,
  'wallet-thief/present-stolen': presentStolen,
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
