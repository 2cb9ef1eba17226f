import 'reflect-metadata'
import { createHash, createPublicKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { myNumberCheckDigit } from '../../../services/kit/nation/codes.ts'
import { randomStream } from '../../../services/kit/nation/random.ts'
import type { App } from '../app.ts'
import { chipKey } from '../card.ts'
import { ALGORITHM, importPair } from '../certificate.ts'

/**
 * A My Number card: two keys, their certificates, and counters of wrong tries. What a chip would keep is a text (`card`) that a script
 * carries on from step to step; the private keys are not in it, but follow from the card authority's key as those of the ID-card do.
 */
interface Card {
  /** Of this chip. */
  readonly chip: string
  /** Given by the authority when it issued the certificates. */
  readonly id: string
  /** Number of the key pair of each use; a new one for a new certificate. */
  readonly keys: Readonly<Record<Use, number>>
  readonly secrets: Readonly<Record<Use, Secret>>
  readonly certificates: Readonly<Partial<Record<Use, string>>>
  /** The authority's certificate: whose permits the chip takes. */
  readonly authority: string
}

interface Secret {
  readonly hash: string
  /** Tries that are left. */
  readonly left: number
  /** Goes up with each reset, so that a permit is good once. */
  readonly counter: number
}

type Use = 'authentication' | 'signature'
type Input = Readonly<Record<string, string>>

const TRIES: Readonly<Record<Use, number>> = { authentication: 3, signature: 5 }
const FORM: Readonly<Record<Use, RegExp>> = {
  authentication: /^\d{4}$/,
  signature: /^(?=.*[A-Z])(?=.*\d)[A-Z0-9]{6,16}$/,
}

const given = (input: Input, name: string): string => {
  const value = input[name]
  if (!value) throw new Error(`${name} is missing`)
  return value
}
const useOf = (input: Input): Use => {
  const use = given(input, 'use')
  if (use !== 'authentication' && use !== 'signature') throw new Error(`a card has no key for ${use}`)
  return use
}
const cardOf = (input: Input): Card => JSON.parse(given(input, 'card'))
const hashed = (chip: string, text: string): string =>
  createHash('sha256').update(`${chip}/${text}`).digest('hex')

/** The chip's key, always the same for the same chip, use and number. */
function keyOf(authority: string, { chip, keys }: Card, use: Use): KeyObject {
  if (!authority) throw new Error('the probe has no key of the card authority')
  return chipKey(authority, 'kilp my number card', `${chip}/${use}/${keys[use]}`)
}

/** A certificate request (PKCS#10, base64) for the chip's key. */
async function requestFor(authority: string, card: Card, use: Use): Promise<string> {
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: 'CN=My Number card',
    keys: await importPair(keyOf(authority, card, use)),
    signingAlgorithm: ALGORITHM,
  })
  return Buffer.from(request.rawData).toString('base64')
}

function secretOf(chip: string, use: Use, text: string, counter: number): Secret {
  if (!FORM[use].test(text)) throw new Error(`the card takes no such secret for ${use}`)
  return { hash: hashed(chip, text), left: TRIES[use], counter }
}

/** A blank chip with its secrets: `{card, requests}`. */
const personalise: App = async (input, { cardAuthority }) => {
  const chip = given(input, 'chip')
  const card: Card = {
    chip,
    id: '',
    keys: { authentication: 1, signature: 1 },
    secrets: {
      authentication: secretOf(chip, 'authentication', given(input, 'pin'), 0),
      signature: secretOf(chip, 'signature', given(input, 'password'), 0),
    },
    certificates: {},
    authority: '',
  }
  const requests = {
    authentication: await requestFor(cardAuthority, card, 'authentication'),
    signature: await requestFor(cardAuthority, card, 'signature'),
  }
  return { card, requests }
}

/** Writes what the authority issued (its JSON) on the card: `{card}`. */
const store: App = (input, { cardAuthority }) => {
  const card = cardOf(input)
  const issued: Readonly<Record<string, string>> = JSON.parse(given(input, 'issued'))
  const certificates = { ...card.certificates }
  for (const use of ['authentication', 'signature'] as const) {
    const der = issued[use]
    if (!der) continue
    const own = createPublicKey(keyOf(cardAuthority, card, use))
    if (!new X509Certificate(Buffer.from(der, 'base64')).publicKey.equals(own))
      throw new Error(`the certificate for ${use} is of another key`)
    certificates[use] = der
  }
  return {
    card: {
      ...card,
      certificates,
      id: issued.card ?? card.id,
      authority: issued.authority ?? card.authority,
    },
  }
}

/** A new key for a new signature certificate: `{card, request}`. */
const renew: App = async (input, { cardAuthority }) => {
  const before = cardOf(input)
  const card = { ...before, keys: { ...before.keys, signature: before.keys.signature + 1 } }
  return { card, request: await requestFor(cardAuthority, card, 'signature') }
}

/**
 * Signs `text` with the key of `use`, when `secret` is right: `{card, left, token}`, where `token` is what a reader hands on. A wrong
 * secret takes one try; without tries left the key is blocked, and `token` is null.
 */
const use: App = (input, { cardAuthority }) => {
  const card = cardOf(input)
  const purpose = useOf(input)
  const known = card.secrets[purpose]
  const right = known.left > 0 && hashed(card.chip, given(input, 'secret')) === known.hash
  const left = right ? TRIES[purpose] : Math.max(0, known.left - 1)
  const after = { ...card, secrets: { ...card.secrets, [purpose]: { ...known, left } } }
  if (!right) return { card: after, left, token: null }
  const key = { key: keyOf(cardAuthority, card, purpose), dsaEncoding: 'ieee-p1363' } as const
  const signature = sign('sha256', Buffer.from(given(input, 'text')), key).toString('base64')
  return { card: after, left, token: JSON.stringify({ certificate: card.certificates[purpose], signature }) }
}

/** Sets a new secret by the authority's permit for this card, use and counter: `{card, left}`. */
const reset: App = (input) => {
  const card = cardOf(input)
  const purpose = useOf(input)
  const { counter } = card.secrets[purpose]
  const authority = new X509Certificate(Buffer.from(card.authority, 'base64'))
  const text = Buffer.from(`reset\n${card.id}\n${purpose}\n${counter}`)
  if (!verify('sha256', text, authority.publicKey, Buffer.from(given(input, 'permit'), 'base64')))
    throw new Error('the permit is not of the authority, or not for this card as it is')
  const secret = secretOf(card.chip, purpose, given(input, 'secret'), counter + 1)
  return { card: { ...card, secrets: { ...card.secrets, [purpose]: secret } }, left: secret.left }
}

/** A valid My Number that follows from a text: `{number}`. */
const number: App = (input) => {
  const next = randomStream(`a number/${given(input, 'of')}`)
  const digits = Array.from({ length: 11 }, () => Math.floor(next() * 10)).join('')
  return { number: `${digits}${myNumberCheckDigit(digits)}` }
}

export const myNumberApps: Readonly<Record<string, App>> = {
  'mynumber/personalise': personalise,
  'mynumber/store': store,
  'mynumber/renew': renew,
  'mynumber/use': use,
  'mynumber/reset': reset,
  'mynumber/number': number,
}
