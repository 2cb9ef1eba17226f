import { HeartHandshake, Hourglass, Shield, ShieldAlert } from 'lucide-react'
import type { NationalView } from '#exercise/views/views.ts'
import { fewNames } from '../kit/few-names.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { TeamName } from '../kit/team-name.tsx'
import { isPreparing } from './situation.ts'

export const COUNTRY_ICONS = {
  holding: Shield,
  'under-pressure': ShieldAlert,
  restoring: HeartHandshake,
} as const
const STATES = ['under-pressure', 'restoring', 'holding'] as const

/** More countries than these are told by state: a list of all would not fit. */
const FEW = 5
const NAMED = 6

/** Who defends, and how it goes for them: never in an order of merit. */
export function Countries({ view }: { readonly view: NationalView }) {
  const say = useSay()
  const crowd = view.countries.length > FEW
  const preparing = isPreparing(view)
  const word = (state: (typeof STATES)[number]) => say(preparing ? `pulse.${view.phase}` : `country.${state}`)
  return (
    <section className="national-countries" aria-labelledby="national-countries">
      <h2 id="national-countries">{say('national.countries')}</h2>
      <ul>
        {crowd &&
          STATES.map((state) => {
            const Icon = preparing ? Hourglass : COUNTRY_ICONS[state]
            const among = view.countries.filter((country) => country.state === state)
            if (among.length === 0) return null
            return (
              <li key={state} className={preparing ? 'country' : `country country-${state}`}>
                <b className="num">{say.number(among.length)}</b>
                <span>
                  {state !== 'holding' &&
                    fewNames(
                      say,
                      among.map((country) => say.text(country.name)),
                      NAMED,
                      'names.more.teams',
                    )}
                </span>
                <span className="country-state">
                  <Icon aria-hidden="true" size="1.15em" />
                  {word(state)}
                </span>
              </li>
            )
          })}
        {(crowd ? [] : view.countries).map((country) => {
          const Icon = preparing ? Hourglass : COUNTRY_ICONS[country.state]
          return (
            <li key={country.team} className={preparing ? 'country' : `country country-${country.state}`}>
              <span className="country-code">{country.country}</span>
              <TeamName name={country.name} />
              <span className="country-state">
                <Icon aria-hidden="true" size="1.15em" />
                {word(country.state)}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
