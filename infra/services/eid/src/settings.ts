import { createPublicKey, type KeyObject } from 'node:crypto'
import { environment, pem } from '../../kit/secrets.ts'

export interface Settings {
  /** Base address of this service without a slash at the end; also the origin that a card signs. */
  readonly issuer: string
  /** Public key of the authority that issues ID-cards and SIM certificates. */
  readonly authority: KeyObject
  /** Private keys (PEM) of that authority and of the time-stamping authority. */
  readonly authorityKey: string
  readonly timeStampKey: string
  /** Of the responder that says which cards are on hold. */
  readonly responderKey: string
  readonly dataFolder: string
}

export function readSettings(): Settings {
  return {
    issuer: environment('ISSUER'),
    authority: createPublicKey(pem(environment('CARD_CA'))),
    authorityKey: pem(environment('CARD_CA_KEY')),
    timeStampKey: pem(environment('TSA_PRIVATE_KEY')),
    responderKey: pem(environment('OCSP_PRIVATE_KEY')),
    dataFolder: process.env.DATA_FOLDER ?? '/srv/data',
  }
}
