import type { XroadClient } from '../../kit/xroad-client.ts'

export interface Registered {
  readonly code: string
  readonly name: string
  readonly address: string
}

/** The population register did not give what was asked for. */
export class RegisterSilent extends Error {
  override name = 'RegisterSilent'
}

/** Name and address as the population register has them now, asked over X-Road on the person's own behalf. */
export async function registeredPerson(xroad: XroadClient, code: string): Promise<Registered> {
  const reply = await xroad({ service: 'population/persons', path: `/${code}`, user: code }).catch(
    (error: unknown) => {
      throw new RegisterSilent(String(error))
    },
  )
  if (reply.status !== 200)
    throw new RegisterSilent(`population answers ${reply.status} ${reply.xroadError ?? ''}`)
  const { given, family, address } = Object(reply.json())
  return { code, name: `${given} ${family}`, address: String(address ?? '') }
}
