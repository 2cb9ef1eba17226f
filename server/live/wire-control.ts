import { z } from 'zod'
import { SERVICE_ACTIONS } from '../exercise/ledger/control-events.ts'
import { WALL_SCENES } from '../exercise/scenario/wall-scene.ts'
import { LANGS } from '../exercise/scenario/words.ts'
import { command, id, MAX_WALL } from './wire-command.ts'

const nothing = z.strictObject({})

/** What those who run the exercise do to services of teams, say to people, and hold back or show. */
export const controlCommands = [
  command(
    'act-on-service',
    z.strictObject({ team: id, service: id, action: z.enum(SERVICE_ACTIONS), seen: z.int().min(0) }),
    'Restarts a service of a team, or puts it back to its start state, which costs points of defence. `seen`: how many such acts on the team you know of. White.',
  ),
  command(
    'move-enclave',
    z.strictObject({ team: id }),
    'Sets the enclave of a team up anew on another machine, where its own does not answer, with what was last saved of its sources. White.',
  ),
  command(
    'send-message',
    z.strictObject({
      message: id,
      teams: z.array(id).max(24).nullable(),
      guests: z.boolean(),
      text: z.string().min(1).max(2_000),
      wantsRead: z.boolean(),
    }),
    'A notice to teams (null: all), and a line for guests. `message`: an id of your making, so that it is sent once. White.',
  ),
  command('freeze-standings', nothing, 'Holds the standings of this moment up to guests and teams. White.'),
  command('reveal-standings', nothing, 'Shows guests and teams the standings of now again. White.'),
  command(
    'plan-start',
    z.strictObject({ atWall: z.int().min(0).max(MAX_WALL).nullable() }),
    'When the exercise starts by itself, epoch ms, where it is ready by then; null: by hand. White.',
  ),
  command(
    'set-wall-scene',
    z.strictObject({ scene: z.enum(WALL_SCENES).nullable() }),
    'What all big screens of the national picture show; null: each shows what it likes. White.',
  ),
  command(
    'set-wall-page',
    z.strictObject({
      page: z
        .strictObject({ team: id, service: id, path: z.string().max(300), lang: z.enum(LANGS) })
        .nullable(),
    }),
    'A page of a team’s service that all big screens of the national picture show, as a citizen sees it; null takes it off. Whoever holds the service writes on it. White.',
  ),
] as const
