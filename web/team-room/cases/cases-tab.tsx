import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { CaseView } from '#exercise/views/case-views.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { useMay } from '../../feed/use-may.ts'
import { useCases } from '../../feed/use-view.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { CaseDesk } from './case-desk.tsx'
import { CaseList } from './case-list.tsx'
import type { CaseWays } from './case-ways.ts'
import { OpenCaseForm } from './open-case-form.tsx'
import { readCases, useUnreadCases } from './unread.ts'
import './cases.css'
import './desk-head.css'

/** What the team looks into: the list of its cases, or the desk of the one that was chosen. */
export function CasesTab(
  props: CaseWays & {
    readonly team: TeamView
    readonly view: ExerciseView
    readonly chosen: string | undefined
  },
) {
  const say = useSay()
  const { team, view, chosen, onCase, onReport } = props
  const cases = useCases(team.id)
  const one = cases.find((known) => known.case === chosen)
  if (one) return <CaseDesk key={one.case} {...{ team, view, one, cases, onCase, onReport }} />
  return (
    <div className="cases">
      {chosen !== undefined && <p role="status">{say('case.gone')}</p>}
      <Overview team={team} view={view} cases={cases} onCase={onCase} />
    </div>
  )
}

const FILTERS = ['open', 'closed'] as const

function Overview(props: {
  readonly team: TeamView
  readonly view: ExerciseView
  readonly cases: readonly CaseView[]
  readonly onCase: CaseWays['onCase']
}) {
  const say = useSay()
  const { team, view, cases, onCase } = props
  const may = useMay('open-case', team.id) && view.phase !== 'ended'
  const [filter, setFilter] = useState<(typeof FILTERS)[number]>('open')
  const [writes, setWrites] = useState(false)
  const unread = useUnreadCases(team.id)
  const of = (wanted: (typeof FILTERS)[number]) =>
    cases.filter(({ state }) => (state === 'closed') === (wanted === 'closed'))
  const shown = of(filter)
  return (
    <>
      <p className="soft">{say('case.intro')}</p>
      <div className="cases-head">
        <fieldset className="cases-filter">
          <legend className="hidden">{say('case.filter')}</legend>
          {FILTERS.map((one) => (
            <button
              key={one}
              type="button"
              className="button"
              aria-pressed={filter === one}
              onClick={() => setFilter(one)}
            >
              {say(`case.filter.${one}`, { n: of(one).length })}
            </button>
          ))}
        </fieldset>
        {unread.length > 0 && (
          <button type="button" className="button" onClick={() => readCases(team.id, unread)}>
            {say('case.readAll')}
          </button>
        )}
        {may && (
          <button type="button" className="button" aria-expanded={writes} onClick={() => setWrites(!writes)}>
            <Plus aria-hidden="true" size="1.1em" />
            {say('case.new')}
          </button>
        )}
      </div>
      {may && writes && <OpenCaseForm team={team} onOpened={() => setWrites(false)} />}
      {shown.length === 0 && <p className="soft">{say(`case.none.${filter}`)}</p>}
      <CaseList
        team={team}
        cases={shown}
        unread={new Set(unread.map((one) => one.case))}
        label={say('case.list')}
        onOpen={onCase}
      />
    </>
  )
}
