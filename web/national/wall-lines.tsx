import type { ExerciseView, NationalView } from '#exercise/views/views.ts'
import { fateOf } from '#exercise/views/wall/life.ts'
import { fewNames } from '../kit/few-names.ts'
import { type Say, useSay } from '../kit/i18n/use-say.ts'
import type { Names } from './problem-text.ts'
import { isPreparing } from './situation.ts'

/** Things that one sentence names. */
const NAMED = 3
const SERVICES = 2

/** What it would be in real life. */
export function realText(say: Say, view: NationalView): string | null {
  if (isPreparing(view) || view.situation.code === 'situation.ready') return null
  if (view.phase === 'ended') return endedText(say, view)
  const out = view.life.filter((life) => fateOf(life) === 'out')
  if (out.length > 0) {
    const since = out.flatMap(({ sinceMs }) => sinceMs ?? [])
    const things = fewNames(
      say,
      out.map(({ title }) => say.within(say.text(title))),
      NAMED,
    )
    return say('real.out', {
      count: view.countries.length,
      where: say.where(outIn(view), view.countries.length),
      time: say.clock(Math.min(...since)),
      things,
    })
  }
  const [taken] = view.taken
  if (taken && taken.open.length > 0) return say('real.taken', { people: say.rough(taken.people) })
  if (view.problems.some(({ open }) => open.length > 0)) return say('real.breach')
  return say(view.late || view.situation.code === 'situation.unmeasured' ? 'real.late' : 'real.none')
}

const endedText = (say: Say, { peak, personHours }: NationalView): string =>
  peak
    ? say('real.ended', { people: say.rough(peak.people), hours: say.rough(Math.round(personHours)) })
    : say('real.none')

/** Since when it is as the sentence says, and in how many countries. */
export function sinceText(say: Say, view: NationalView): string | null {
  const { code } = view.situation
  // What it would be in real life says it already.
  if (view.life.some((life) => fateOf(life) === 'out')) return null
  const time = say.clock(view.sinceMs)
  if (code === 'situation.calm') return view.sinceMs > 0 ? say('since.calm', { time }) : say('since.start')
  if (
    !['attack', 'outage', 'cascade', 'late', 'interrupted', 'slow'].some((one) => code === `situation.${one}`)
  )
    return null
  const here = code === 'situation.attack' ? standingIn(view) : outIn(view)
  const total = view.countries.length
  return total < 2 || here === 0
    ? say('since.bad', { time })
    : say('since.where', { where: say.where(here, total), time })
}

/** Countries where anything stands, and where people can not do something. */
const standingIn = ({ problems }: NationalView): number => new Set(problems.flatMap(({ open }) => open)).size
const outIn = ({ life }: NationalView): number => new Set(life.flatMap(({ out }) => out)).size

/** What must be decided or said, the most urgent first: who waits for an answer, who has to be told, what stays open. Never empty. */
export function decideTexts(say: Say, view: NationalView, names: Names): readonly string[] {
  if (view.phase === 'ended') return [say('decide.ended')]
  const total = view.countries.length
  const asked = view.asked.map(({ channel, open, dueMs }) => {
    const told = { channel: say(`inbox.channel.${channel}`), who: say.unanswered(open.length, total) }
    return dueMs === null
      ? say('decide.asked.open', told)
      : say('decide.asked', { ...told, time: say.clock(dueMs) })
  })
  const standing = view.problems.filter(({ open }) => open.length > 0)
  const services = (some: NationalView['problems']) =>
    fewNames(say, [...new Set(some.map(({ service }) => names.service(service)))], SERVICES)
  const [taken] = view.taken
  const out = standing.filter(({ people }) => people > 0)
  const held = standing.filter(({ cause, people }) => cause === 'attack' && people === 0)
  const lines = [
    ...(view.late ? [say('decide.late')] : []),
    ...asked.slice(0, 1),
    ...(out.length > 0 ? [say('decide.outage', { services: services(out) })] : []),
    ...(taken && taken.open.length > 0 ? [say('decide.taken', { people: say.rough(taken.people) })] : []),
    ...(held.length > 0 ? [say('decide.breach', { services: services(held) })] : []),
    ...asked.slice(1),
  ]
  return lines.length > 0 ? lines : [say('decide.none')]
}

/** What people in charge must decide or say now. */
export function DecideCard({
  view,
  names,
  most,
}: {
  readonly view: NationalView
  readonly names: Names
  readonly most: number
}) {
  const say = useSay()
  return (
    <section className="wall-decide card" aria-labelledby="wall-decide">
      <h2 id="wall-decide">{say('decide.title')}</h2>
      <ul>
        {decideTexts(say, view, names)
          .slice(0, most)
          .map((line) => (
            <li key={line} className="num">
              {line}
            </li>
          ))}
      </ul>
    </section>
  )
}

/** Names of services and teams in the viewer's language. */
export const namesOf = (say: Say, exercise: ExerciseView): Names => {
  const services = new Map(exercise.teams[0]?.services.map(({ id, title }) => [id, title]))
  const teams = new Map(exercise.teams.map(({ id, name }) => [id, name]))
  const named = (known: Map<string, Parameters<Say['text']>[0]>) => (id: string) => {
    const text = known.get(id)
    return text ? say.text(text) : id
  }
  return { service: named(services), team: named(teams) }
}
