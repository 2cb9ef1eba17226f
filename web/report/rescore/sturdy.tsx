import { useEffect, useState } from 'react'
import { CATEGORIES } from '#exercise/scenario/words.ts'
import { type Sturdiness, sturdinessSteps } from '#exercise/scoring/rescore.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import type { Moment } from '../use-report.ts'

/** Parts of the weights within which it is told whether the order holds; the same as `kilp rescore` says. */
const WITHIN = [0.05, 0.1, 0.2] as const
/** So long the page works at it before it does other things. ms */
const SLICE_MS = 12

/** Whether the order of the record holds under all weights near its own. */
export function Sturdy({ moment }: { readonly moment: Moment }) {
  const say = useSay()
  const { state, atMs } = moment
  const [found, setFound] = useState<readonly Sturdiness[]>([])
  useEffect(() => {
    let timer = 0
    const done: Sturdiness[] = []
    let steps = sturdinessSteps(state, atMs, WITHIN[0])
    const work = () => {
      const until = performance.now() + SLICE_MS
      while (performance.now() < until) {
        const step = steps.next()
        if (!step.done) continue
        done.push(step.value)
        setFound([...done])
        const next = WITHIN[done.length]
        if (next === undefined) return
        steps = sturdinessSteps(state, atMs, next)
      }
      timer = window.setTimeout(work)
    }
    setFound([])
    timer = window.setTimeout(work)
    return () => clearTimeout(timer)
  }, [state, atMs])
  const nameOf = (id: string) => {
    const team = state.teams.find((one) => one.id === id)
    return team ? say.text(team.name) : id
  }
  const text = ({ within, broken }: Sturdiness): string => {
    const percent = say.percent(within)
    if (!broken) return say('rescore.holds', { percent })
    const factors = CATEGORIES.filter((one) => broken.factors[one] !== 1).map((one) =>
      say('rescore.factor', { category: say(`category.${one}`), factor: say.percent(broken.factors[one]) }),
    )
    const { ahead, behind } = broken
    return say('rescore.breaks', {
      percent,
      behind: nameOf(behind),
      ahead: nameOf(ahead),
      factors: say.list(factors),
    })
  }
  return (
    <section aria-labelledby="rescore-sturdy">
      <h3 id="rescore-sturdy">{say('rescore.sturdy')}</h3>
      <p className="soft small">{say('rescore.tried')}</p>
      <ul className="rescore-list">
        {WITHIN.map((within, nth) => (
          <li key={within}>{found[nth] ? text(found[nth]) : say('wait')}</li>
        ))}
      </ul>
    </section>
  )
}
