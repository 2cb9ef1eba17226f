import { useEffect, useRef, useState } from 'react'
import type { GradingItem } from '#exercise/views/grading-view.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useGrading } from '../feed/use-white.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { inText } from '../kit/in-text.ts'
import { DetectionTable } from '../reports/detection-table.tsx'
import { AnswerAppeal } from './answer-appeal.tsx'
import { GradeInject } from './grade-inject.tsx'
import { GradeReport } from './grade-report.tsx'
import { Heading } from './heading.tsx'
import './grading.css'

/** So many rows of what waits are drawn, and of what is done, however many there are. */
const SHOWN = 40
const DONE_SHOWN = 200

const keyOf = (item: GradingItem): string => {
  if (item.kind === 'inject') return `${item.team}/inject/${item.inject}`
  return `${item.team}/${item.kind}/${item.kind === 'report' ? item.report.report : item.appeal.appeal}`
}

/** Which version of it is graded. */
const versionOf = (item: GradingItem): number =>
  item.kind === 'inject' ? item.version.position : item.kind === 'report' ? item.report.versions.length : 0

/**
 * What waits for those who grade, the oldest deadline first: answers, reports and appeals of all teams, then those that want a second grader; and what is done. The keys `j` and `k` go
 * through them, digits are typed into the form, `a` takes over what the platform proposes and Enter gives the grade; they work while the focus is in here, on its tab or nowhere, and in no text.
 */
export function GradingQueue({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { queue, second, graded } = useGrading()
  const [chosen, setChosen] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const moved = useRef(false)
  /** What was given and is not in the ledger yet. */
  const sent = useRef<{ readonly key: string; readonly second: boolean } | null>(null)
  const waiting = [...queue, ...second]
  const all = [...waiting, ...graded]
  const item = all.find((one) => keyOf(one) === chosen) ?? waiting[0]
  const key = item ? keyOf(item) : ''

  // What somebody works on stays under their hand, whatever comes and goes in the lists, until their own word on it is in the ledger.
  useEffect(() => {
    if (chosen === null && key !== '') setChosen(key)
  }, [chosen, key])
  useEffect(() => {
    const given = sent.current
    if (!given || (given.second ? second : queue).some((one) => keyOf(one) === given.key)) return
    sent.current = null
    moved.current = true
    setChosen(null)
  }, [queue, second])

  // Whoever works by keyboard goes on where the next one is.
  useEffect(() => {
    const inside = box.current?.contains(document.activeElement) || document.activeElement === document.body
    if (moved.current && inside && key !== '') focusForm(box.current)
    moved.current = false
  }, [key])

  const onKeyDown = (event: KeyboardEvent) => {
    const { target } = event
    if (event.ctrlKey || event.metaKey || event.altKey || !isHere(box.current, target) || inText(target))
      return
    // The digit itself is then typed there.
    if (/^\d$/.test(event.key) && !(target instanceof HTMLInputElement)) focusForm(box.current)
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
    if (event.key === 'a') {
      event.preventDefault()
      box.current?.querySelector<HTMLElement>('[data-accept]')?.click()
    }
    if (step === 0) return
    event.preventDefault()
    const next = all[all.findIndex((one) => keyOf(one) === key) + step]
    if (!next) return
    moved.current = true
    setChosen(keyOf(next))
  }

  // Also for who has just opened it, and has not put the focus into it.
  useEffect(() => {
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  })

  const row = (one: GradingItem) => (
    <li key={keyOf(one)}>
      <button
        type="button"
        className="grading-item"
        aria-pressed={keyOf(one) === key}
        onClick={() => {
          if (keyOf(one) === key) return focusForm(box.current)
          moved.current = true
          setChosen(keyOf(one))
        }}
      >
        <Heading view={view} item={one} />
      </button>
    </li>
  )
  return (
    <div className="grading" ref={box}>
      <h2>{say('grading.items', { count: queue.length })}</h2>
      <p className="soft small">{say('grading.keys')}</p>
      {queue.length > 0 && <ol className="grading-list">{queue.slice(0, SHOWN).map(row)}</ol>}
      {queue.length > SHOWN && <p className="soft">{say('grading.more', { count: queue.length - SHOWN })}</p>}
      {second.length > 0 && (
        <>
          <h3>{say('grading.second', { count: second.length })}</h3>
          <ol className="grading-list">{second.slice(0, SHOWN).map(row)}</ol>
        </>
      )}
      {item && (
        <section
          className="grading-form"
          // Another version is another thing to grade: points for what was read before must not be given to it. One that does not count changes nothing.
          key={`${key}/${versionOf(item)}`}
          onSubmit={() => {
            sent.current = { key, second: second.some((one) => keyOf(one) === key) }
          }}
        >
          {item.kind === 'inject' && <GradeInject view={view} item={item} />}
          {item.kind === 'report' && <GradeReport view={view} item={item} />}
          {item.kind === 'appeal' && <AnswerAppeal view={view} item={item} />}
        </section>
      )}
      {graded.length > 0 && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{say('grading.done')}</summary>
          {open && <ul className="grading-list">{graded.slice(0, DONE_SHOWN).map(row)}</ul>}
        </details>
      )}
      <DetectionTable teams={view.teams} />
    </div>
  )
}

const focusForm = (box: HTMLElement | null) =>
  box?.querySelector<HTMLElement>('.grading-form [data-first]')?.focus()

/** In the queue, on the tab that opened it, or nowhere. */
const isHere = (box: HTMLElement | null, target: EventTarget | null): boolean =>
  target instanceof Element &&
  (target === document.body || target.closest('[role=tab]') !== null || box?.contains(target) === true)
