import { Columns2, Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { ServiceView } from '#exercise/views/views.ts'
import { useAudience, useFeed, useFeedState } from '../feed/use-feed.tsx'
import { isolated, useSay } from '../kit/i18n/use-say.ts'
import { ColleagueTerminals, useColleagues } from './colleague-terminals.tsx'
import { LookedInto, useLooking } from './looked-into.tsx'
import { RecordedDesk } from './recorded-desk.tsx'
import { endTerminal } from './terminal-link.ts'
import {
  chosen,
  closed,
  MOST_SLOTS,
  NAME_LENGTH,
  named,
  opened,
  paired,
  type Slot,
  type Slots,
  useSlots,
} from './terminal-slots.ts'
import { TerminalTab } from './terminal-tab.tsx'
import './terminal-desk.css'

interface Desk {
  readonly team: string
  readonly service: ServiceView
  readonly quiet?: boolean
}

/** The terminals of a service: one's own, or in a replay those that were there. */
export function TerminalDesk(props: Desk) {
  const replay = useFeedState((feed) => feed.replay)
  return replay ? <RecordedDesk {...props} /> : <OwnTerminals {...props} />
}

/** Those that somebody has open here: each with a name, one in sight or two side by side. */
function OwnTerminals(props: Desk) {
  const say = useSay()
  const { socket } = useFeed()
  const { team, service, quiet = false } = props
  const [slots, put] = useSlots(team, service.id)
  /** Grows whenever somebody wants to type in the one that was chosen last; what stands beside something else takes no key before that. */
  const [asked, setAsked] = useState(quiet ? 0 : 1)
  const [naming, setNaming] = useState<number | null>(null)
  const nameOf = ({ n, name }: Slot) => (name === '' ? say('terminal.slot', { n }) : isolated(name))
  const { seat } = useAudience()
  const colleagues = useColleagues(team)
  const [looking, look] = useLooking(team)
  const [, setOwn] = useState(0)
  const go = (to: Slots) => {
    setAsked(asked + 1)
    setNaming(null)
    put(to)
  }
  const last = slots.all.find(({ n }) => n === slots.shown.at(-1))
  /** Beside a colleague's terminal there is room for one. */
  const inSight = looking === null ? slots.shown : slots.shown.slice(-1)
  return (
    <div className="terminals">
      <div className="terminals-bar">
        <fieldset className="terminals-all">
          <legend className="hidden">{say('terminal.slots', { service: say.text(service.title) })}</legend>
          {slots.all.map((slot) => (
            <button
              key={slot.n}
              type="button"
              className="button"
              aria-pressed={slots.shown.includes(slot.n)}
              onClick={() => go(chosen(slots, slot.n))}
              onDoubleClick={() => setNaming(slot.n)}
            >
              {nameOf(slot)}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          className="button"
          disabled={slots.all.length >= MOST_SLOTS}
          onClick={() => go(opened(slots))}
        >
          <Plus aria-hidden="true" size="1.1em" />
          {say('terminal.new')}
        </button>
        {last && (
          <>
            <button
              type="button"
              className="button"
              aria-pressed={slots.shown.length > 1}
              onClick={() => go(paired(slots))}
            >
              <Columns2 aria-hidden="true" size="1.1em" />
              {say('terminal.pair')}
            </button>
            {naming === last.n ? (
              <NameForm slot={last} onName={(name) => go(named(slots, last.n, name))} />
            ) : (
              <button type="button" className="button" onClick={() => setNaming(last.n)}>
                {say('terminal.rename', { name: nameOf(last) })}
              </button>
            )}
            <button
              type="button"
              className="button"
              onClick={() => {
                if (socket) endTerminal(socket, { team, service: service.id, slot: last.n })
                go(closed(slots, last.n))
              }}
            >
              <X aria-hidden="true" size="1.1em" />
              {say('terminal.end', { name: nameOf(last) })}
            </button>
          </>
        )}
      </div>
      {seat === 'blue' && colleagues.length > 0 && (
        <ColleagueTerminals terminals={colleagues} looking={looking?.terminal ?? null} onLook={look} />
      )}
      {slots.all.length === 0 && <p className="soft">{say('terminal.noSlot')}</p>}
      <div
        className={
          inSight.length + (looking ? 1 : 0) > 1 ? 'terminals-shown terminals-pair' : 'terminals-shown'
        }
      >
        {/* Those out of sight too: what runs in them goes on, and nothing that it says is missed. */}
        {slots.all.map((slot) => (
          <TerminalTab
            key={slot.n}
            team={team}
            service={service}
            slot={slot.n}
            {...(slots.all.length > 1 && { name: nameOf(slot) })}
            shown={inSight.includes(slot.n)}
            asked={slot.n === last?.n ? asked : 0}
            onOpened={() => setOwn((before) => before + 1)}
          />
        ))}
        {looking && (
          <LookedInto key={looking.terminal} team={team} looking={looking} onClose={() => look(null)} />
        )}
      </div>
    </div>
  )
}

function NameForm({ slot, onName }: { readonly slot: Slot; readonly onName: (name: string) => void }) {
  const say = useSay()
  const [name, setName] = useState(slot.name)
  return (
    <form
      className="terminals-name"
      onSubmit={(event) => {
        event.preventDefault()
        onName(name)
      }}
    >
      <input
        aria-label={say('terminal.name', { n: slot.n })}
        maxLength={NAME_LENGTH}
        value={name}
        ref={(field) => field?.focus()}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onName(slot.name)}
      />
      <button type="submit" className="button">
        {say('terminal.keepName')}
      </button>
    </form>
  )
}
