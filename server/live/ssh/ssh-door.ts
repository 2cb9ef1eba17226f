import type { AddressInfo } from 'node:net'
import ssh2, { type AuthContext } from 'ssh2'
import type { Exercises } from '../../engine/platform/exercises.ts'
import type { CodeGuesses } from '../code-guesses.ts'
import type { JoinCodes } from '../join-codes.ts'
import { type AddressLimit, rateLimitPerAddress } from '../rate.ts'
import type { FindServed } from '../served.ts'
import { openCallers } from './callers.ts'
import { hostKeyIn } from './host-key.ts'
import { type LetIn, openDoorkeeper } from './let-in.ts'
import { openLogins } from './logins.ts'

export interface SshOptions {
  /** 0 takes any free one. */
  readonly port: number
  /** Where the host key is kept. */
  readonly keyFile: string
  /** For tests. */
  readonly idleMs?: number
  readonly loginMs?: number
}

interface Door extends SshOptions {
  readonly exercises: Exercises
  readonly find: FindServed
  readonly codes: JoinCodes
  readonly guesses: CodeGuesses
  readonly failures: AddressLimit
  readonly fault: (what: string, error: unknown) => void
}

const MOST_TRIES = 6
/** Logins of one seat: each is a fact for ever. */
const LOGINS_PER_SECOND = 0.5
const LOGINS_AT_ONCE = 20
/** A client that does not answer so often, so far apart, is gone. */
const KEEPALIVE = { keepaliveInterval: 15_000, keepaliveCountMax: 4 }

/** SSH to teams' services for tools of their own. @throws where the port can not be had or the host key not be read. */
export async function openSshDoor(host: string, door: Door) {
  const { privateKey, fingerprint } = await hostKeyIn(door.keyFile)
  const doorkeeper = openDoorkeeper(door)
  const logins = openLogins(door)
  const rate = rateLimitPerAddress(LOGINS_PER_SECOND, LOGINS_AT_ONCE)
  const callers = openCallers({ greet: (socket) => server.injectSocket(socket), ...door })

  // It never listens itself: its own listening has no bounds before a client's first line.
  const server = new ssh2.Server(
    { hostKeys: [privateKey], ident: 'Kilp', ...KEEPALIVE } as ssh2.ServerConfig,
    (client, { ip }) => {
      const caller = callers.speaking()
      // Whatever a client breaks, it breaks for itself: there must be a listener.
      client.on('error', () => caller?.leave())
      if (!caller?.speaks(client)) return
      let tries = 0
      let letIn: LetIn | null = null
      client.on('authentication', (context) => {
        const refuse = () => context.reject(['publickey', 'password'])
        if (context.method === 'none') return refuse()
        tries += 1
        if (tries > MOST_TRIES) return caller.leave()
        ask(context, ip)
          .then((found) => {
            if (!found) return refuse()
            letIn = found
            context.accept()
          })
          .catch((error) => {
            door.fault('a login over SSH', error)
            refuse()
          })
      })
      client.on('ready', () => {
        caller.known()
        if (!letIn) return caller.leave()
        if (!rate.take(`${letIn.served.exercise.engine.exerciseId}/${letIn.seat.seatId}`))
          return caller.leave()
        logins.begin(client, caller, letIn)
      })
    },
  )

  const ask = (context: AuthContext, ip: string): Promise<LetIn | null> => {
    if (context.method === 'password') return doorkeeper.byPassword(context.username, context.password, ip)
    if (context.method !== 'publickey') return Promise.resolve(null)
    const { key, signature, blob, hashAlgo } = context
    return doorkeeper.byKey(
      context.username,
      key.data,
      (parsed) => !signature || !blob || parsed.verify(blob, signature, hashAlgo) === true,
    )
  }

  const { server: listener } = callers
  await new Promise<void>((listening, failed) => {
    listener.once('error', failed)
    listener.listen(door.port, host, listening)
  })
  listener.on('error', (error: Error) => door.fault('SSH', error))
  const { port } = listener.address() as AddressInfo
  return {
    port,
    fingerprint,
    async close() {
      await logins.close()
      await callers.close()
    },
  }
}
