import { HeartHandshake, Shield, ShieldAlert } from 'lucide-react'
import type { NationalView } from '#exercise/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'

const ICONS = { holding: Shield, 'under-pressure': ShieldAlert, restoring: HeartHandshake } as const

/** Who defends, and how it goes for them: never in an order of merit. */
export function Countries({ view }: { readonly view: NationalView }) {
  const say = useSay()
  return (
    <section className="national-countries" aria-labelledby="national-countries">
      <h2 id="national-countries">{say('national.countries')}</h2>
      <ul>
        {view.countries.map((country) => {
          const Icon = ICONS[country.state]
          return (
            <li key={country.team} className={`country country-${country.state}`}>
              <span className="country-code">{country.country}</span>
              <span>{say.text(country.name)}</span>
              <span className="country-state">
                <Icon aria-hidden="true" size="1.15em" />
                {say(`country.${country.state}`)}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
