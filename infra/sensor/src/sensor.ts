import { openBudget } from './budget.ts'
import { openFlows } from './flows.ts'
import { lineOf, type Names } from './lines.ts'
import { readPacket } from './packet.ts'
import { readPcap } from './pcap.ts'

/** Of one enclave: frames that are looked at, lines that are written, flows that are followed. */
export const BOUNDS = {
  framesPerSecond: 4_000,
  framesAtOnce: 8_000,
  linesPerSecond: 80,
  linesAtOnce: 800,
  flows: 4_000,
} as const

/** `clock`: ms, ever onward, for bounds; times of frames come from whoever recorded them. */
export interface SensorInput {
  readonly names: Names
  readonly write: (line: string) => void
  readonly clock: () => number
}

/** Turns recordings of an enclave's networks into lines. Never throws, whatever is in them. */
export function openSensor({ names, write, clock }: SensorInput) {
  const frames = openBudget(BOUNDS.framesPerSecond, BOUNDS.framesAtOnce)
  const lines = openBudget(BOUNDS.linesPerSecond, BOUNDS.linesAtOnce)
  const flows = openFlows(
    (told) => {
      if (lines.take(clock())) write(lineOf(told, names))
    },
    { most: BOUNDS.flows },
  )
  let unseen = 0
  return {
    /** One recording: what comes of it, piece by piece. False once nothing more of it can be understood. */
    ear: () =>
      readPcap((frame, atMs) => {
        if (!frames.take(clock())) return
        const packet = readPacket(frame)
        if (packet) flows.take(packet, atMs)
      }),
    /** Frames that did not come this far. */
    missed(count: number): void {
      unseen += count
    },
    flows: flows.size,
    /** Tells of flows that ended, and of what was left out. `atMs`: time as recordings count it. */
    sweep(atMs: number): void {
      flows.sweep(atMs)
      unseen += frames.refused()
      const unwritten = lines.refused()
      if (unseen > 0) write(`[sensor] ${unseen} packets not seen`)
      if (unwritten > 0) write(`[sensor] ${unwritten} lines not written`)
      unseen = 0
    },
  }
}
