import type { App } from './app.ts'

/** An app of a file that is loaded when it is first used: the probe starts sooner, and holds less, without it. */
const from =
  <File>(load: () => Promise<File>, pick: (file: File) => App): App =>
  async (input, place) =>
    pick(await load())(input, place)

const asice = () => import('./apps/asice.ts')
const health = () => import('./apps/health.ts')
const thief = () => import('./apps/wallet-thief.ts')
const vote = () => import('./apps/vote.ts')
const wallet = () => import('./apps/wallet.ts')

/** The apps of a file that names them itself. */
const all = (names: readonly string[], load: () => Promise<Readonly<Record<string, App>>>) =>
  Object.fromEntries(
    names.map((name): [string, App] => [name, async (input, place) => (await load())[name]?.(input, place)]),
  )

/** By the name that steps use: `<file>/<what>`, one file in apps/ each. */
export const APPS: Readonly<Record<string, App>> = {
  'asice/add': from(asice, (file) => file.add),
  'asice/change': from(asice, (file) => file.change),
  'asice/forged-card': from(asice, (file) => file.forgedCard),
  'asice/wrap': from(asice, (file) => file.wrap),
  'health/finish-login': from(health, (file) => file.finishLogin),
  'health/start-login': from(health, (file) => file.startLogin),
  'phone/sign': from(
    () => import('./apps/phone.ts'),
    (file) => file.sign,
  ),
  'siga/request': from(
    () => import('./apps/siga.ts'),
    (file) => file.request,
  ),
  'vote/choose': from(vote, (file) => file.choose),
  'vote/encrypt': from(vote, (file) => file.encryptChoice),
  'vote/forge-signature': from(
    () => import('./apps/forged-vote.ts'),
    (file) => file.forgeSignature,
  ),
  'vote/open-with-shares': from(vote, (file) => file.openWithShares),
  'vote/qr': from(vote, (file) => file.qr),
  'vote/read-qr': from(vote, (file) => file.readQr),
  'vote/seal': from(vote, (file) => file.seal),
  'vote/verify': from(vote, (file) => file.verifyVote),
  'vote/verify-tally': from(vote, (file) => file.verifyTally),
  'wallet-thief/forge': from(thief, (file) => file.forge),
  'wallet-thief/present-stolen': from(thief, (file) => file.presentStolen),
  'wallet/key': from(wallet, (file) => file.walletKey),
  'wallet/present': from(wallet, (file) => file.walletPresent),
  'wallet/proof': from(wallet, (file) => file.walletProof),
  'wallet/read': from(wallet, (file) => file.walletRead),
  'xroad/rogue-request': from(
    () => import('./apps/xroad-rogue.ts'),
    (file) => file.rogueRequest,
  ),
  'xroad/verify': from(
    () => import('./apps/xroad.ts'),
    (file) => file.verifyDocument,
  ),
  ...all(
    [
      'mynumber/number',
      'mynumber/personalise',
      'mynumber/renew',
      'mynumber/reset',
      'mynumber/store',
      'mynumber/use',
    ],
    async () => (await import('./apps/mynumber.ts')).myNumberApps,
  ),
  ...all(
    ['relying-party/callback', 'relying-party/ocsp', 'relying-party/ocsp-answer', 'relying-party/pkce'],
    async () => (await import('./apps/relying-party.ts')).relyingPartyApps,
  ),
}
