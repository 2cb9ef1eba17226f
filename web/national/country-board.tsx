import { Hourglass } from 'lucide-react'
import type { NationalView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { TeamName } from '../kit/team-name.tsx'
import './country-board.css'
import { COUNTRY_ICONS } from './countries.tsx'
import { type Names, problemTitle } from './problem-text.ts'
import { isPreparing } from './situation.ts'

/** Problems of one country that are named; with more countries than `FEW` only the heaviest. */
const NAMED = 2
const FEW = 12

/** On a big screen, and on one of 21:9, so many stand in a row that all rows are full, or nearly. */
const columnsOf = (countries: number) => ({
  '--columns': Math.ceil(countries / Math.min(4, Math.ceil(countries / 6))),
  '--columns-wide': Math.ceil(countries / Math.min(3, Math.ceil(countries / 8))),
})

/** Each country, how it goes for it, and what is wrong there. Never in an order of merit. */
export function CountryBoard({ view, names }: { readonly view: NationalView; readonly names: Names }) {
  const say = useSay()
  const preparing = isPreparing(view)
  const named = view.countries.length > FEW ? 1 : NAMED
  return (
    <section className="country-board" aria-labelledby="country-board">
      <h2 id="country-board">{say('national.countries')}</h2>
      <ul style={columnsOf(view.countries.length)}>
        {view.countries.map((country) => {
          const problems = view.problems.filter(({ open }) => open.includes(country.team))
          const Icon = preparing ? Hourglass : COUNTRY_ICONS[country.state]
          return (
            <li key={country.team} className={`country-card card country-${country.state}`}>
              <h3>
                <span className="country-code">{country.country}</span> <TeamName name={country.name} />
              </h3>
              <p className="country-state">
                <Icon aria-hidden="true" size="1.15em" />
                {say(preparing ? `pulse.${view.phase}` : `country.${country.state}`)}
              </p>
              <p className="country-problems">
                {problems.slice(0, named).map((problem) => (
                  <span key={problem.id}>{problemTitle(say, problem, names)}</span>
                ))}
                {problems.length > named && (
                  <span className="soft">{say('country.more', { n: problems.length - named })}</span>
                )}
              </p>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
