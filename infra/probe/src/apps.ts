import type { Place } from './act.ts'
import { walletKey, walletPresent, walletProof, walletRead } from './apps/wallet.ts'
import { forge, presentStolen } from './apps/wallet-thief.ts'

/**
 * A program on a citizen's own device (voting app, wallet): from named texts to JSON. It keeps nothing and speaks with nobody: steps carry
 * what it says to services. Throws when it can not work with what it is given.
 */
export type App = (input: Readonly<Record<string, string>>, place: Place) => unknown

/** By the name that steps use: `<file>/<what>`, one file in apps/ each. */
export const APPS: Readonly<Record<string, App>> = {
  'wallet/key': walletKey,
  'wallet/proof': walletProof,
  'wallet/read': walletRead,
  'wallet/present': walletPresent,
  'wallet-thief/forge': forge,
  'wallet-thief/present-stolen': presentStolen,
}
