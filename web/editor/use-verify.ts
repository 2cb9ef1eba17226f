import { useCallback, useEffect, useState } from 'react'
import type { Refusal } from '#exercise/decide/commands.ts'
import type { LooksSince } from '#exercise/wire/sources.ts'
import type { SourcesApi } from './sources-api.ts'

const ASK_EVERY_MS = 1_000
/** After so many answers nobody waits at this page any more; what comes later is in the room's own views. */
const MOST_ASKED = 180

export interface Verifying {
  readonly looks: LooksSince | null
  readonly restarting: boolean
  /** What the machine said when the service did not stay up. */
  readonly notUp: string | null
  readonly refusal: Refusal | null
  /** True when it has restarted and stays up. */
  readonly restart: () => Promise<boolean>
}

const isPending = (looks: LooksSince | null): boolean =>
  looks !== null && [...looks.journeys, ...looks.attacks].some(({ looked }) => !looked)

/** Restarts a service, and asks again and again which of its looks have been since, until all have. A reload of the page goes on asking. */
export function useVerify(api: SourcesApi): Verifying {
  const [looks, setLooks] = useState<LooksSince | null>(null)
  const [restarting, setRestarting] = useState(false)
  const [notUp, setNotUp] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [round, setRound] = useState(0)

  useEffect(() => {
    let left = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async (asked: number) => {
      const reply = await api.looks()
      if (left) return
      if (reply.ok) setLooks(reply)
      if (asked < MOST_ASKED && (!reply.ok || isPending(reply)))
        timer = setTimeout(() => void ask(asked + 1), ASK_EVERY_MS)
    }
    void ask(round === 0 ? MOST_ASKED - 30 : 0)
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [api, round])

  const restart = useCallback(async () => {
    setRestarting(true)
    const reply = await api.restart()
    setRestarting(false)
    setRefusal(reply.ok ? null : reply.refusal)
    if (!reply.ok) return false
    setNotUp(reply.running ? null : reply.said)
    setRound((before) => before + 1)
    return reply.running
  }, [api])

  return { looks, restarting, notUp, refusal, restart }
}
