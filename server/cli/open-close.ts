import { askPlatform, runningPlatform } from './ask-platform.ts'
import { seatsOf, seatTable } from './seats.ts'
import { readSettings } from './settings.ts'
import { nameOf, placeOf, speedOf, teamsOf, type UpOptions } from './up-options.ts'

type OpenOptions = Pick<UpOptions, 'scenario' | 'pack' | 'name' | 'speed' | 'teams' | 'autostart' | 'insist'>

/** `kilp open`: one more exercise on the platform that runs over this data folder. */
export async function runOpen(options: OpenOptions): Promise<void> {
  const running = runningPlatform(readSettings(process.env).dataDir)
  const teams = teamsOf(options)
  const name = nameOf(options)
  const { id, url } = await askPlatform<{ id: string; url: string }>(running, '/api/exercises', {
    ...placeOf(options),
    speed: speedOf(options),
    autostart: options.autostart,
    insist: options.insist ?? false,
    ...(teams === undefined ? {} : { teams }),
    ...(name === undefined ? {} : { name }),
  })
  process.stdout.write(`${id}  ${url}\n\n${seatTable(await seatsOf(running, id))}\n`)
  process.stderr.write(`\nIts enclaves come up now: kilp status --exercise ${id}\n`)
}

/** `kilp close`: removes the enclaves of an exercise of the running platform; its record stays. */
export async function runClose(exercise: string, options: { end?: boolean }): Promise<void> {
  const running = runningPlatform(readSettings(process.env).dataDir)
  const path = `/api/exercises/${encodeURIComponent(exercise)}/close`
  await askPlatform(running, path, { end: options.end ?? false })
  process.stderr.write(`The enclaves of ${exercise} are gone. Its record can be read.\n`)
}
