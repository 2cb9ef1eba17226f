import { expect, test } from 'vitest'
import { partDeadlineMs, runDeadlineMs, type Script } from '../../server/engine/ports/script.ts'
import type { ProbeLink } from '../../server/range/probe/probe-link.ts'
import type { ProbeRequest } from '../../server/range/probe/probe-wire.ts'
import { runScript } from '../../server/range/probe/run.ts'

const wait = { waitMs: 1, deadlineMs: 1_000 }
const script: Script = { setup: [], steps: Array(8).fill(wait), slowAfterMs: 1_000, deadlineMs: 20_000 }

test('a slow typist has the time to type: the same deadline for the probe and for whoever waits for it', async () => {
  const asked: ProbeRequest[] = []
  const link = {
    run: async (request: ProbeRequest) => {
      asked.push(request)
      return { outcome: 'pass', verdict: 'up', ms: 1, evidence: null, remember: {}, refused: null }
    },
  } as unknown as ProbeLink
  const context = {
    docker: null as never,
    exerciseId: 'x',
    team: 'red',
    secrets: null as never,
    link,
    busybox: null as never,
  }
  await runScript(context, script, {}, { visitor: { role: 'elder', thinkMs: 6_000 } })
  await runScript(context, script, {}, { pauseMs: 7_000 })
  await runScript(context, { ...script, atOnce: true }, {}, { pauseMs: 7_000 })
  // Eight pauses of half to one and a half times as long as they think.
  expect(asked[0]?.script.deadlineMs).toBeGreaterThanOrEqual(20_000 + 8 * 1.5 * 6_000)
  // An attacker who comes later has no longer for it.
  expect(asked[1]).toMatchObject({ pauseMs: 7_000, script: { deadlineMs: 20_000 } })
  // Where what was set up does not last, there is no time to lose.
  expect(asked[2]).not.toHaveProperty('pauseMs')
})

test('no run is given for ever', () => {
  expect(partDeadlineMs({ ...script, steps: Array(500).fill(wait) }, 60_000)).toBe(300_000)
})

test('who waits for a run waits for all of its parts', () => {
  expect(runDeadlineMs(script)).toBe(20_000)
  // Six turns of attacker and witness, and what lies between them.
  expect(runDeadlineMs({ ...script, setup: [wait], witness: [wait] })).toBe(20_000 + 6 * 26_000)
})
