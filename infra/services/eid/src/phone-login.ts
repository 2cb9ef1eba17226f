import type { KeyObject } from 'node:crypto'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type Person, Refused, readCertificate, signedBy } from './certificate.ts'

export type PhoneMethod = 'mid' | 'smartid'

/** A login that waits for the person's phone to sign a hash. */
export interface PhoneSession {
  readonly id: string
  /** The login on the screen that started it. */
  readonly login: string
  readonly method: PhoneMethod
  readonly code: string
  readonly phone: string
  /** What the phone signs: SHA-256 of random bytes, base64. */
  readonly hash: string
  /** Four digits, the same on the screen and on the phone. */
  readonly control: string
  /** Name of the service that the person logs in to. */
  readonly service: string
  readonly until: number
  readonly state: 'running' | 'complete' | 'refused'
  readonly person: Person | null
}

export interface PhoneLogins {
  start(asked: Pick<PhoneSession, 'login' | 'method' | 'code' | 'phone' | 'service'>): PhoneSession
  /** Null when there is none or its 90 seconds are over. */
  find(id: string): PhoneSession | null
  /** What waits for this phone number (Mobile-ID) or personal code (Smart-ID), newest first. */
  pending(who: string): readonly PhoneSession[]
  /** The phone's answer. Throws `Refused` when the signature or certificate is not the person's. */
  answer(id: string, signature: string, certificate: string): PhoneSession
  refuse(id: string): PhoneSession
}

const LIFETIME_MS = 90_000
/** Of all people together: what this small machine has room for. The oldest gives way. */
const MOST = 200

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

export function createPhoneLogins(authority: KeyObject): PhoneLogins {
  const sessions = new Map<string, PhoneSession>()
  const find = (id: string): PhoneSession | null => {
    const session = sessions.get(id)
    return session && session.until > Date.now() ? session : null
  }
  const change = (session: PhoneSession): PhoneSession => {
    sessions.set(session.id, session)
    return session
  }
  const running = (id: string): PhoneSession => {
    const session = find(id)
    if (session?.state !== 'running') throw new Refused('no such login waits for this phone')
    return session
  }
  return {
    find,
    start(asked) {
      for (const [id, { until }] of sessions) {
        if (until > Date.now() && sessions.size < MOST) break
        sessions.delete(id)
      }
      // Whoever asks again from one login screen has given up on the first; so nobody can push out the logins of others.
      for (const [id, { login }] of sessions) if (login === asked.login) sessions.delete(id)
      const hash = createHash('sha256').update(randomBytes(32)).digest()
      return change({
        ...asked,
        id: randomUUID(),
        hash: hash.toString('base64'),
        control: controlCode(asked.method, hash),
        until: Date.now() + LIFETIME_MS,
        state: 'running',
        person: null,
      })
    },
    pending: (who) =>
      [...sessions.values()]
        .filter((s) => s.state === 'running' && s.until > Date.now())
        .filter((s) => who === (s.method === 'mid' ? s.phone : s.code))
        .reverse(),
    answer(id, signature, certificate) {
      const session = running(id)
      const { person, key } = readCertificate(certificate, authority, new Date())
      if (person.code !== session.code) throw new Refused(`this is the phone of ${person.code}`)
      if (!signedBy(key, Buffer.from(session.hash, 'base64'), signature))
        throw new Refused('the phone signed something else')
      return change({ ...session, state: 'complete', person })
    },
    refuse: (id) => change({ ...running(id), state: 'refused' }),
  }
}
