import { standing } from '#exercise/decide/decision.ts'
import { mayPrepare, standsStill } from '#exercise/decide/typing.ts'
import type { State } from '#exercise/fold/state.ts'
import { WALL_SCENES } from '#exercise/scenario/wall-scene.ts'
import { revertCostNow } from '#exercise/scoring/revert-cost.ts'
import type { GradingView } from '#exercise/views/grading-view.ts'
import type { TimelineCell } from '#exercise/views/timeline-cell.ts'
import type { TimelineRow, TimelineView } from '#exercise/views/timeline-view.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import type { WireCommand } from '#exercise/wire/protocol.ts'
import { go, linkTo } from '../app/route.ts'
import type { Say } from '../kit/i18n/use-say.ts'
import { ACT_NAMES, type Act, commandOf } from './acts.ts'
import { CONSOLE_TABS, type ConsoleTab, TAB_NAMES, useConsoleTab } from './console-tab.ts'
import { longName } from './names.ts'

/** Something that an instructor can do, by its name. */
export interface Action {
  readonly id: string
  readonly label: string
  /** What it does: a command, given the words that it asks for; or a way to go. */
  readonly command?: (words: string) => WireCommand
  readonly go?: () => void
  /** Asked about once more before it is done. */
  readonly sure?: string
  /** Words that it asks for, which may be left out. */
  readonly ask?: string
}

const SPEEDS = [0.5, 1, 2, 4, 8]

/** All that the console can do now, one after another: in a large exercise there are thousands, and a palette shows some. */
export function* paletteActions(
  say: Say,
  given: {
    readonly view: ExerciseView
    readonly state: State
    readonly timeline: TimelineView
    readonly grading: GradingView
  },
): Generator<Action> {
  const { view, state, timeline, grading } = given
  yield* conduct(say, view, state)
  yield* places(say, view)
  for (const item of grading.queue)
    yield {
      id: `grade/${item.team}/${item.position}`,
      label: say('palette.grade', { entry: waiting(say, item), team: teamName(say, view, item.team) }),
      go: () => openTab('grading'),
    }
  for (const row of timeline.rows) yield* entryActions(say, state, row)
  yield* serviceActions(say, state)
}

/** What waits for a grade or an answer, in a word. */
function waiting(say: Say, item: GradingView['queue'][number]): string {
  if (item.kind === 'inject') return say.text(item.info.title)
  return item.kind === 'report' ? item.report.report : item.appeal.appeal
}

const teamName = (say: Say, view: ExerciseView, id: string): string => {
  const team = view.teams.find((one) => one.id === id)
  return team ? say.text(team.name) : id
}

function openTab(tab: ConsoleTab) {
  useConsoleTab.getState().open(tab)
  go(linkTo('instructor'))
}

function conduct(say: Say, view: ExerciseView, state: State): readonly Action[] {
  const { phase, skipToMs } = view
  const simple = (id: string, label: string, command: WireCommand): Action => ({
    id,
    label,
    command: () => command,
  })
  const open = standsStill(state) && mayPrepare(state)
  return [
    ...(phase === 'ready'
      ? [simple('start', say('transport.start'), { type: 'start-exercise', data: {} })]
      : []),
    ...(phase === 'paused'
      ? [simple('resume', say('transport.resume'), { type: 'resume-exercise', data: {} })]
      : []),
    ...(phase === 'running'
      ? [
          {
            id: 'pause',
            label: say('transport.pause'),
            ask: say('transport.pause.reason'),
            command: (reason: string) => ({ type: 'pause-exercise', data: { reason } }) as const,
          },
        ]
      : []),
    ...(skipToMs !== null
      ? [
          simple('skip', say('transport.skip.to', { clock: say.clock(skipToMs) }), {
            type: 'skip-quiet-time',
            data: { toMs: skipToMs },
          }),
        ]
      : []),
    ...(standsStill(state)
      ? [
          simple('prepare', say(open ? 'transport.prepare.close' : 'transport.prepare.open'), {
            type: 'change-preparation',
            data: { open: !open },
          }),
        ]
      : []),
    ...(phase === 'running' || phase === 'paused'
      ? [
          {
            id: 'end',
            label: say('transport.end.title'),
            sure: say('transport.end.text'),
            ask: say('transport.pause.reason'),
            command: (words: string) => {
              const reason = words || say('transport.end.reason')
              return { type: 'end-exercise', data: { reason } } as const
            },
          },
        ]
      : []),
    ...(state.standings !== null
      ? [
          {
            ...simple('reveal', say('freeze.undo'), { type: 'reveal-standings', data: {} }),
            sure: say('freeze.undoAsk'),
          },
        ]
      : standing(view)
        ? [
            {
              ...simple('freeze', say('freeze.do'), { type: 'freeze-standings', data: {} }),
              sure: say('freeze.ask'),
            },
          ]
        : []),
    ...[null, ...WALL_SCENES]
      .filter((scene) => scene !== state.wallScene)
      .map((scene) =>
        simple(
          `walls/${scene ?? ''}`,
          say('palette.walls', { what: say(scene === null ? 'walls.free' : `scene.${scene}`) }),
          { type: 'set-wall-scene', data: { scene } },
        ),
      ),
    ...(phase === 'ended'
      ? []
      : SPEEDS.filter((speed) => speed !== view.speed).map((speed) =>
          simple(`speed/${speed}`, say('palette.speed', { n: speed }), {
            type: 'change-speed',
            data: { speed },
          }),
        )),
  ]
}

/** Restart and revert of every service of every team. */
function* serviceActions(say: Say, state: State): Generator<Action> {
  if (!standing(state)) return
  const sure = {
    restart: say('act.restartAsk'),
    revert: say('act.revertAsk', { count: revertCostNow(state) }),
  } as const
  for (const action of ['restart', 'revert'] as const)
    for (const { id, title } of state.scenario.services)
      for (const team of state.teams)
        yield {
          id: `${action}/${team.id}/${id}`,
          label: say('palette.do', {
            what: say(`act.${action}`),
            entry: say.bracketed(say.text(title), say.text(team.name)),
          }),
          sure: sure[action],
          command: () => ({
            type: 'act-on-service',
            data: { team: team.id, service: id, action, seen: team.acts.length },
          }),
        }
}

function places(say: Say, view: ExerciseView): readonly Action[] {
  const to = (id: string, what: string, way: () => void): Action => ({
    id: `go/${id}`,
    label: say('palette.go', { what }),
    go: way,
  })
  return [
    to('timeline', say('msel.title'), () => go(linkTo('timeline'))),
    to('console', say('msel.console'), () => go(linkTo('instructor'))),
    to('report', say('report.page.title'), () => go(linkTo('report'))),
    ...CONSOLE_TABS.map((tab) => to(`tab/${tab}`, say(TAB_NAMES[tab]), () => openTab(tab))),
    ...view.teams.map(({ id, name }) => ({
      id: `room/${id}`,
      label: say('palette.room', { team: say.text(name) }),
      go: () => go(linkTo('instructor', id)),
    })),
  ]
}

const open = ({ came, state }: TimelineCell) => !came && state !== 'not-for'

/** Whether an act means something for a cell as it stands. */
const MEANS: Readonly<Record<Act, (cell: TimelineCell) => boolean>> = {
  fire: ({ state }) => state !== 'cancelled',
  hold: ({ held, cancelled }) => !held && !cancelled,
  release: ({ held }) => held !== null,
  move1: ({ atMs }) => atMs !== null,
  move5: ({ atMs }) => atMs !== null,
  move15: ({ atMs }) => atMs !== null,
  cancel: ({ cancelled }) => !cancelled,
  restore: ({ cancelled }) => cancelled !== null,
}

/** What can be done to an entry for all teams, and to fire and hold it for one. */
function entryActions(say: Say, state: State, row: TimelineRow): readonly Action[] {
  const { kind, id, count } = row
  const entry = longName(say, row)
  const action = (act: Act, team: string | null, whom: string): Action => ({
    id: `${act}/${kind}/${id}/${team ?? ''}`,
    label: say('palette.do', {
      what: say(`msel.act.${act}`),
      entry: whom ? say.bracketed(entry, whom) : entry,
    }),
    command: () => commandOf(act, { kind, id, team }, count),
    ...(act === 'fire' && { sure: say('msel.fire.ask') }),
  })
  const live = row.cells.filter(open)
  const all = ACT_NAMES.filter((act) => live.some(MEANS[act])).map((act) =>
    action(act, null, say('msel.all')),
  )
  const single = live.flatMap((cell) => {
    const team = state.teams.find((one) => one.id === cell.team)
    if (!team) return []
    const acts = (['fire', 'hold', 'release'] as const).filter((act) => MEANS[act](cell))
    return acts.map((act) => action(act, team.id, say.text(team.name)))
  })
  return [...all, ...single]
}
