import type { ExerciseView } from '#exercise/views/views.ts'
import { fateOf, fateText } from '../kit/attack-fate.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { ScrollRegion } from '../kit/scroll-region.tsx'
import { Told } from '../kit/told.tsx'

/** What happened in the field's own terms: each concluded attack, its ATT&CK technique, and how each team fared. */
export function Techniques({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const ids = [...new Set(view.teams.flatMap((team) => team.attacks.map((attack) => attack.attack)))]
  const of = (team: ExerciseView['teams'][number], id: string) =>
    team.attacks.find((known) => known.attack === id)
  const rows = ids
    .flatMap((id) => view.teams.map((team) => of(team, id)).find((attack) => attack !== undefined) ?? [])
    .sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0))
  return (
    <section className="board-techniques card" aria-labelledby="techniques">
      <h2 id="techniques">{say('techniques.title')}</h2>
      {rows.length === 0 ? (
        <p className="soft">{say('techniques.empty')}</p>
      ) : (
        <ScrollRegion className="matrix-scroll" label={say('techniques.title')}>
          <table className="techniques">
            <thead>
              <tr>
                <th scope="col">{say('shell.time')}</th>
                <th scope="col">{say('techniques.attack')}</th>
                <th scope="col">ATT&amp;CK</th>
                <th scope="col">OWASP</th>
                {view.teams.map((team) => (
                  <th key={team.id} scope="col">
                    {say.text(team.name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.attack}>
                  <td className="num">{say.clock(row.atMs ?? 0)}</td>
                  <th scope="row">
                    <b>
                      <Told name text={row.title} />
                    </b>
                  </th>
                  <td className="num">{row.technique}</td>
                  <td className="num">{row.owasp}</td>
                  {view.teams.map((team) => {
                    const attack = of(team, row.attack)
                    return (
                      <td key={team.id} className={attack && `fate-${fateOf(attack)}`}>
                        {attack ? fateText(say, attack) : '–'}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  )
}
