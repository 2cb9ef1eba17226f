import type { KeyObject } from 'node:crypto'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import { hashOf, type Proof, Refused, readCertificate } from './certificate.ts'

export type PhoneMethod = 'mid' | 'smartid'

/** What a service asks a phone to sign. */
export interface Push {
  /** Who started it: a login of ours, or a relying party of the REST interfaces. */
  readonly owner: string
  readonly method: PhoneMethod
  readonly code: string
  /** Empty for Smart-ID. */
  readonly phone: string
  /** Name of the service, and what it says to the person. */
  readonly service: string
  readonly text: string
  /** SHA-256 hash to sign. */
  readonly hash: Buffer
}

/** A login that waits for the person's phone to sign a hash. */
export interface PhoneSession extends Push {
  readonly id: string
  /** Four digits, the same on the screen and on the phone. */
  readonly control: string
  readonly until: number
  readonly state: 'running' | 'complete' | 'refused'
  /** What the phone answered: certificate (DER) and signature (r and s side by side), both base64. */
  readonly answer: { readonly certificate: string; readonly signature: string } | null
  readonly proof: Proof | null
}

type Answered = PhoneSession & { readonly proof: Proof }

export interface PhoneLogins {
  /** Null when too many pushes to this person were not answered lately. */
  start(push: Push): PhoneSession | null
  /** Null when there is none or it is forgotten. */
  find(id: string): PhoneSession | null
  /** What waits for this phone number (Mobile-ID) or personal code (Smart-ID), newest first. */
  pending(who: string): readonly PhoneSession[]
  /** The phone's answer, not taken yet. Throws `Refused` when the signature or certificate is not the person's. */
  check(id: string, signature: string, certificate: string): Answered
  /** Takes the answer. Throws `Refused` when another came first. */
  complete(answered: Answered): PhoneSession
  refuse(id: string): PhoneSession
}

/** A person has so long to answer. */
export const ANSWER_MS = 90_000
/** Sessions are kept for so long after that, for who asks late, and to count unanswered pushes. */
const KEPT_MS = 5 * 60_000
const MOST = 5_000
/** So many pushes to one person may stay unanswered or be refused before the next must wait. */
const UNANSWERED = 4

export const newHash = (): Buffer => createHash('sha256').update(randomBytes(32)).digest()
export const isOver = (session: PhoneSession): boolean => session.until < Date.now()

/**
 * Control code of a hash. Mobile-ID: its first 6 and last 7 bits. Smart-ID: the last two bytes of its SHA-256, modulo 10000.
 */
export function controlCode(method: PhoneMethod, hash: Buffer): string {
  const code =
    method === 'mid'
      ? (((hash[0] ?? 0) & 0xfc) << 5) | ((hash.at(-1) ?? 0) & 0x7f)
      : createHash('sha256').update(hash).digest().readUInt16BE(30) % 10_000
  return String(code).padStart(4, '0')
}

/** Whether the phone's key signed this hash itself, as SIM cards and Smart-ID do. */
function signedHash(key: KeyObject, hash: Buffer, signature: string): boolean {
  if (hashOf(key) !== 'sha256') throw new Refused('the key is not on the curve P-256')
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  try {
    return p256.verify(Buffer.from(signature, 'base64'), hash, point, { prehash: false, lowS: false })
  } catch {
    return false
  }
}

export function createPhoneLogins(authority: KeyObject): PhoneLogins {
  const sessions = new Map<string, PhoneSession>()
  const change = (session: PhoneSession): PhoneSession => {
    sessions.set(session.id, session)
    return session
  }
  const running = (id: string): PhoneSession => {
    const session = sessions.get(id)
    if (session?.state !== 'running' || isOver(session))
      throw new Refused('no such login waits for this phone')
    return session
  }
  const unanswered = (code: string): number =>
    [...sessions.values()].filter((session) => session.code === code && session.state !== 'complete').length
  return {
    find: (id) => sessions.get(id) ?? null,
    start(push) {
      for (const [id, { until }] of sessions) {
        if (until + KEPT_MS > Date.now() && sessions.size < MOST) break
        sessions.delete(id)
      }
      if (unanswered(push.code) >= UNANSWERED) return null
      return change({
        ...push,
        id: randomUUID(),
        control: controlCode(push.method, push.hash),
        until: Date.now() + ANSWER_MS,
        state: 'running',
        answer: null,
        proof: null,
      })
    },
    pending: (who) =>
      [...sessions.values()]
        .filter((session) => session.state === 'running' && !isOver(session))
        .filter((session) => who === (session.method === 'mid' ? session.phone : session.code))
        .reverse(),
    check(id, signature, certificate) {
      const session = running(id)
      const { person, serial, key } = readCertificate(certificate, authority, new Date())
      if (person.code !== session.code) throw new Refused(`this is the phone of ${person.code}`)
      if (!signedHash(key, session.hash, signature)) throw new Refused('the phone signed something else')
      return { ...session, answer: { certificate, signature }, proof: { person, serial } }
    },
    complete: (answered) => change({ ...running(answered.id), ...answered, state: 'complete' }),
    refuse: (id) => change({ ...running(id), state: 'refused' }),
  }
}
