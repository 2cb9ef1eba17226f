import type { z } from 'zod'
import type { Expect, Step } from '../../engine/ports/script.ts'
import type { expectation } from '../schema/step-parts.ts'
import type { AuthoredStep } from '../schema/steps.ts'
import { loginSteps } from './login-steps.ts'

/** A step that says itself how long it takes needs no deadline beside it. */
const SPARE_MS = 2_000

function toExpect({ within, ...rest }: z.output<typeof expectation>): Expect {
  return { ...rest, ...(within !== undefined && { withinMs: within }) }
}

/** The shape that range and probe share: every duration in ms, every default filled in. `database`: where `sql` goes that names no host. */
export function toSteps(authored: AuthoredStep, database: string): readonly Step[] {
  const { login, ...rest } = authored
  return (login ? loginSteps(login, rest) : [authored]).map((one) => toStep(one, database))
}

function toStep(authored: AuthoredStep, database: string): Step {
  const { name, actor, when, deadline, expect, capture: captures, remember } = authored
  const common = {
    deadlineMs: deadline,
    ...(name !== undefined && { name }),
    ...(actor !== undefined && { actor }),
    ...(when !== undefined && { when }),
    ...(expect && { expect: toExpect(expect) }),
    ...(captures && { capture: captures }),
    ...(remember && { remember }),
  }
  if (authored.http) return { ...common, http: authored.http, redirects: authored.redirects ?? 0 }
  if (authored.sql) return { ...common, sql: { host: database, ...authored.sql } }
  if (authored.exec) return { ...common, exec: authored.exec }
  if (authored.tcp) return { ...common, tcp: authored.tcp }
  if (authored.ssh) return { ...common, ssh: authored.ssh }
  if (authored.listen) {
    const { within, ...listen } = authored.listen
    return {
      ...common,
      deadlineMs: Math.max(deadline, within + SPARE_MS),
      listen: { ...listen, withinMs: within },
    }
  }
  if (authored.flood) {
    const { http, rate, for: forMs } = authored.flood
    return { ...common, deadlineMs: Math.max(deadline, forMs + SPARE_MS), flood: { http, rate, forMs } }
  }
  if (authored.card) return { ...common, card: authored.card }
  if (authored.app) return { ...common, app: authored.app }
  if (authored.repeat) {
    const { times, every, until, steps: repeated } = authored.repeat
    return {
      ...common,
      repeat: { times, everyMs: every, until, steps: repeated.flatMap((step) => toSteps(step, database)) },
    }
  }
  return { ...common, waitMs: authored.wait ?? 0 }
}
