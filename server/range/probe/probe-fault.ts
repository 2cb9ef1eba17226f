import type { ProbeAnswer } from './probe-wire.ts'

/** Why a request came to nothing on our side; never the team's fault. */
export const fault = (why: string, ms = 0): ProbeAnswer => ({
  outcome: 'fault',
  verdict: 'unknown',
  ms,
  evidence: { step: 'probe', sent: '', received: why, expected: 'an answer of the probe', ms },
  remember: {},
  refused: null,
})
