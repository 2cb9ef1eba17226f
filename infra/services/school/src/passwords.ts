import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Database } from '../../kit/database.ts'

const scryptAsync = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)
const LENGTH = 32
/** 4 MiB for each: a schoolful of pupils who log in at once still fits into this machine. */
const COST = { N: 4096, r: 8, p: 1 }
const derive = (password: string, salt: Buffer): Promise<Buffer> => scryptAsync(password, salt, LENGTH, COST)
/** Wrong tries until a username is closed, and for how long. The pupil's teacher can open it before. */
const TRIES = 5
const CLOSED = '15 minutes'

/** `salt:hash`, both in base64 (scrypt). */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `${salt.toString('base64')}:${(await derive(password, salt)).toString('base64')}`
}

export async function passwordFits(password: string, hash: string): Promise<boolean> {
  const [salt = '', expected = ''] = hash.split(':')
  const given = await derive(password, Buffer.from(salt, 'base64'))
  const wanted = Buffer.from(expected, 'base64')
  return wanted.length === LENGTH && timingSafeEqual(given, wanted)
}

export interface Entered {
  readonly code: string
  readonly name: string
}

/**
 * Who logs in with a username and password. `closed` after five wrong tries: then not even the right password opens. Each try is counted
 * before it is looked at, so that many at once are no way around.
 */
export async function enter(
  db: Database,
  username: string,
  password: string,
): Promise<Entered | 'wrong' | 'closed'> {
  const { rows } = await db.query<{ pupil: string; name: string; hash: string | null }>(
    `update password set tried_at = now(),
       failures = case when tried_at < now() - $3::interval then 1 else failures + 1 end
     from pupil where pupil.code = password.pupil and username = $1
       and (failures < $2 or tried_at < now() - $3::interval)
     returning password.pupil, pupil.name, hash`,
    [username, TRIES, CLOSED],
  )
  const found = rows[0]
  if (!found) return (await isKnown(db, username)) ? 'closed' : 'wrong'
  if (!found.hash || !(await passwordFits(password, found.hash))) return 'wrong'
  await db.query('update password set failures = 0 where pupil = $1', [found.pupil])
  return { code: found.pupil, name: found.name }
}

async function isKnown(db: Database, username: string): Promise<boolean> {
  const { rows } = await db.query('select from password where username = $1', [username])
  return rows.length > 0
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Gives a pupil a new password and opens a closed username; both are told to the teacher, once. */
export async function resetPassword(
  db: Database,
  pupil: string,
): Promise<{ readonly username: string; readonly password: string } | null> {
  const password = Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  const { rows } = await db.query<{ username: string }>(
    'update password set hash = $2, failures = 0 where pupil = $1 returning username',
    [pupil, await hashPassword(password)],
  )
  return rows[0] ? { username: rows[0].username, password } : null
}
