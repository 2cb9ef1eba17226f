import { useEffect, useRef, useState } from 'react'
import { useTheme } from '../app/settings.ts'
import { useFeed } from '../feed/use-feed.tsx'
import { type FollowLink, type FollowStanding, openFollowLink } from './follow-link.ts'
import { openMirror } from './mirror-screen.ts'
import { ownKeys } from './terminal-keys.ts'

/** Follows somebody's terminal in `box` as long as the page shows it, under this name; `stop` is where the way out of its keyboard leads. */
export function useFollow(team: string, terminal: string, title: string, round = 0) {
  const { socket } = useFeed()
  const theme = useTheme()
  const box = useRef<HTMLDivElement>(null)
  const stop = useRef<HTMLButtonElement>(null)
  const link = useRef<FollowLink | null>(null)
  const recolour = useRef<(() => void) | null>(null)
  const [standing, setStanding] = useState<FollowStanding>({ at: 'opening' })
  const helps = useRef(false)

  // A further round begins anew.
  useEffect(() => {
    const element = box.current
    if (!element || !socket) return
    const mirror = openMirror(element)
    recolour.current = mirror.recolour
    const { terminal: screen } = mirror
    screen.options.disableStdin = true
    // Who only looks walks through the page by keyboard as ever.
    ownKeys(
      screen,
      () => stop.current?.focus(),
      () => helps.current,
    )
    const opened = openFollowLink(socket, { team, terminal }, mirror, (next) => {
      helps.current = next.at === 'helping'
      screen.options.disableStdin = !helps.current
      setStanding(next)
      if (helps.current) screen.focus()
    })
    link.current = opened
    mirror.onTyped(opened.type)
    return () => {
      opened.close()
      mirror.close()
      link.current = null
      recolour.current = null
    }
  }, [socket, team, terminal, round])

  useEffect(() => {
    recolour.current?.()
  }, [theme])

  useEffect(() => {
    box.current?.querySelector('textarea')?.setAttribute('aria-label', title)
  }, [title])

  const helping = standing.at === 'helping'
  return { box, stop, standing, helping, help: (on: boolean) => link.current?.help(on) }
}
