import type { ServiceView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { type Asked, ORDERS } from './matrix-order.ts'
import './matrix-ask.css'

/** In one row: the order of teams, and which of them and of their services are shown. */
export function MatrixAsk(props: {
  readonly asked: Asked
  readonly onAsk: (asked: Asked) => void
  readonly services: readonly ServiceView[]
  readonly shown: number
  readonly all: number
}) {
  const say = useSay()
  const { asked, onAsk, services, shown, all } = props
  return (
    <search className="matrix-ask">
      <select
        aria-label={say('matrix.order')}
        title={say('matrix.order')}
        value={asked.order}
        onChange={({ target }) =>
          onAsk({ ...asked, order: ORDERS.find((order) => order === target.value) ?? 'rank' })
        }
      >
        {ORDERS.map((order) => (
          <option key={order} value={order}>
            {say(`matrix.order.${order}`)}
          </option>
        ))}
      </select>
      <input
        type="search"
        maxLength={100}
        aria-label={say('matrix.team')}
        placeholder={say('matrix.team')}
        value={asked.text}
        onChange={({ target }) => onAsk({ ...asked, text: target.value })}
      />
      <select
        aria-label={say('matrix.service')}
        title={say('matrix.service')}
        value={asked.service}
        onChange={({ target }) => onAsk({ ...asked, service: target.value })}
      >
        <option value="">{say('matrix.service.all')}</option>
        {services.map(({ id, title }) => (
          <option key={id} value={id}>
            {say.text(title)}
          </option>
        ))}
      </select>
      <label className="matrix-trouble">
        <input
          type="checkbox"
          checked={asked.trouble}
          onChange={({ target }) => onAsk({ ...asked, trouble: target.checked })}
        />
        {say('matrix.trouble')}
      </label>
      {shown < all && <output className="soft small num">{say('matrix.shown', { n: shown, all })}</output>}
    </search>
  )
}
