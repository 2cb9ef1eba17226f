import { request } from 'node:https'
import { selfSigned } from '../../../infra/services/kit/certificates.ts'
import type { State } from '../../kit/state.ts'

/** One row of a usage journal, by `dumonitor-openapi-v2.yaml` of https://github.com/e-gov/AJ. */
export interface Usage {
  readonly logtime: string
  readonly action: string
  readonly receiverCode: string
  readonly receiverName?: string
  readonly receiverSystem: string
}

export interface Reply {
  readonly status: number
  readonly body: unknown
}

/** One X-Road REST call (PR-REST 4) as a subsystem, straight over TLS; nothing of the services' own client is used. */
export function callXroad(
  state: State,
  call: {
    /** `MM/GOV/70000004/portal` */
    readonly client: string
    /** `MM/GOV/70000011/tracker/findUsage/v2/findUsage?...` */
    readonly to: string
    readonly user?: string
    readonly json?: unknown
    readonly headers?: Readonly<Record<string, string>>
  },
): Promise<Reply> {
  const subsystem = call.client.split('/').at(-1) ?? ''
  const identity = selfSigned(state.secrets.privateKey(subsystem), subsystem)
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `https://xroad/r1/${call.to}`,
      {
        ...identity,
        method: call.json === undefined ? 'GET' : 'POST',
        rejectUnauthorized: false,
        headers: {
          'x-road-client': call.client,
          ...(call.user ? { 'x-road-userid': `EE${call.user}` } : {}),
          ...(call.json === undefined ? {} : { 'content-type': 'application/json' }),
          ...call.headers,
        },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.once('error', reject)
        incoming.once('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) }),
        )
      },
    )
    outgoing.once('error', reject)
    outgoing.end(call.json === undefined ? undefined : JSON.stringify(call.json))
  })
}

/** All usages about a person, page by page, as the interface defines them. Throws when an answer is not of the interface. */
export async function findAllUsages(
  state: State,
  asker: { readonly client: string; readonly service: string; readonly user: string },
  of: string,
  limit: number,
): Promise<readonly Usage[]> {
  const all: Usage[] = []
  for (;;) {
    const to = `${asker.service}/v2/findUsage?userCode=EE${of}&offset=${all.length}&limit=${limit}`
    const { status, body } = await patiently(() =>
      callXroad(state, { client: asker.client, to, user: asker.user }),
    )
    if (status !== 200) throw new Error(`findUsage answers ${status}: ${JSON.stringify(body)}`)
    const { totalUsages, usages } = Object(body)
    if (!Number.isInteger(totalUsages) || !Array.isArray(usages) || usages.length > limit)
      throw new Error(`this is no FindUsageResponse: ${JSON.stringify(body)}`)
    for (const usage of usages) all.push(checked(usage))
    if (usages.length === 0 || all.length >= totalUsages) return all
  }
}

/** Asks again while registers are silent, as a portal does: on a busy machine the slowest of ten may miss its time. */
async function patiently<T extends { readonly status: number; readonly body: unknown }>(
  ask: () => Promise<T>,
): Promise<T> {
  for (let turn = 1; ; turn++) {
    const answer = await ask()
    if (answer.status !== 500 || !Array.isArray(Object(answer.body).silent) || turn === 10) return answer
    await new Promise((wake) => setTimeout(wake, 3_000))
  }
}

function checked(usage: Record<string, unknown>): Usage {
  for (const name of ['logtime', 'action', 'receiverCode', 'receiverSystem'])
    if (typeof usage[name] !== 'string' || usage[name] === '')
      throw new Error(`a usage has no ${name}: ${JSON.stringify(usage)}`)
  if (Number.isNaN(Date.parse(String(usage.logtime)))) throw new Error('logtime is no date-time')
  return usage as unknown as Usage
}
