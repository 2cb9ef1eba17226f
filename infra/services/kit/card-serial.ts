import { createHash } from 'node:crypto'

export const CARD_USES = ['authentication', 'signature'] as const
export type CardUse = (typeof CARD_USES)[number]

/** Serial number (hex) of the certificate on a person's card: always the same, so that the card authority finds it again. */
export const cardSerial = (code: string, use: CardUse): string =>
  createHash('sha256')
    .update(`${code}/${use}`)
    .digest('hex')
    .slice(0, 30)
    .replace(/^[089a-f]/, '1')
