import { randomBytes } from 'node:crypto'
import type { Question, Told, ToProbe } from './probe-wire.ts'

/** Questions to a probe that wait for their answers; `send` takes them there. */
export function openQuestions(send: (message: ToProbe) => void) {
  const asked = new Map<string, (told: Told | null) => void>()
  return {
    /** Null when no answer comes within `ms`. */
    ask: (question: Question, ms: number): Promise<Told | null> =>
      new Promise((resolve) => {
        const id = randomBytes(8).toString('hex')
        const finish = (told: Told | null) => {
          clearTimeout(timer)
          if (asked.delete(id)) resolve(told)
        }
        const timer = setTimeout(() => finish(null), ms)
        asked.set(id, finish)
        send({ id, ...question })
      }),
    answer: (id: string, told: Told): void => asked.get(id)?.(told),
    /** Nobody answers any more. */
    lost() {
      for (const finish of [...asked.values()]) finish(null)
    },
  }
}
