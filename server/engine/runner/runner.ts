import { admit, type Capacity } from '../../exercise/schedule/admit.ts'
import { rests } from '../../exercise/schedule/again.ts'
import { behind } from '../../exercise/schedule/behind.ts'
import type { Moment } from '../../exercise/schedule/moment.ts'
import { restMs } from '../../exercise/schedule/rest.ts'
import type { Records, Wanted } from '../../exercise/schedule/task.ts'
import { wanted } from '../../exercise/schedule/wanted.ts'
import { openRecords } from './records.ts'
import { runTask } from './runs.ts'
import type { TaskTools } from './task-run.ts'

export interface Runner {
  /** Starts what is wanted now and may start. */
  plan(): void
  /** Resolves when all that was started is over. */
  idle(): Promise<void>
  /** There is a reason to look at a service at once. */
  look(team: string, service: string): void
  /** Resolves when every light check has been run once, well or not. */
  looked(): Promise<void>
  /** How many of their intervals the regular looks are late that found no place, see `behind`. */
  behind(): number
  /** What is remembered of the runs. */
  readonly records: Pick<Records, 'tasks'>
  close(): void
}

/**
 * The one runner of an exercise: asks the schedule what is wanted, starts what may start, and keeps the records of it, also after a fault. `more`: tasks from
 * elsewhere than the ledger, the pilots'. `fault` hears what went wrong; the exercise goes on.
 */
export function openRunner(options: {
  readonly tools: TaskTools
  /** Asked at every plan: other exercises may come and go on the same machines. */
  readonly capacity: () => Capacity
  readonly more: (atMs: number) => readonly Wanted[]
  readonly fault: (what: string, error: unknown) => void
}): Runner {
  const { tools, capacity, more, fault } = options
  const { engine, clock } = tools
  const book = openRecords()
  const occupied = new Map<string, Wanted>()
  let rested = 0
  const underWay = new Set<Promise<void>>()
  const waitingForLooks: (() => void)[] = []
  let planning = false
  let closed = false
  /** What the latest plan wanted, and what of it found a place. */
  let planned: {
    readonly all: readonly Wanted[]
    readonly admitted: ReadonlySet<Wanted>
    readonly atMs: number
  } = {
    all: [],
    admitted: new Set(),
    atMs: 0,
  }

  const now = (): Moment => ({ atMs: engine.atMs(), wallMs: clock.now() })

  const start = async (one: Wanted): Promise<void> => {
    const sinceMs = clock.now()
    occupied.set(one.id, one)
    const { position, strain } = engine.state()
    book.began(one, now(), position, strain.stretch)
    const outcome = await runTask(one.task, tools).catch((error) => {
      fault(one.task.kind, error)
      return null
    })
    book.ended(one, now(), outcome)
    occupied.delete(one.id)
    const rest = restMs(one, clock.now() - sinceMs, strain)
    if (rest > 0) void keepEmpty(one, rest)
    // The next tick fills the place; who waits for the first looks waits no longer than they take.
    if (waitingForLooks.length > 0) plan()
  }

  /** What rests has its place and touches nothing: the same work may begin anew in another. */
  const keepEmpty = async (one: Wanted, ms: number): Promise<void> => {
    rested += 1
    const place = { ...one, id: `rest ${rested}`, touches: null }
    occupied.set(place.id, place)
    await clock.sleep(ms)
    occupied.delete(place.id)
  }

  const plan = () => {
    if (closed || planning) return
    planning = true
    try {
      const at = now()
      const all = [
        ...wanted(engine.state(), book.records, at),
        ...more(at.atMs).filter(({ key }) => !rests(book.records.tasks.get(key), at)),
      ]
      const admitted = new Set(admit(all, [...occupied.values()], book.records, capacity(), at.atMs))
      for (const one of admitted) {
        const run = start(one).finally(() => underWay.delete(run))
        underWay.add(run)
      }
      planned = { all, admitted, atMs: at.atMs }
      if (waitingForLooks.length > 0 && ![...all, ...occupied.values()].some(isFirstLook))
        for (const go of waitingForLooks.splice(0)) go()
    } catch (error) {
      fault('plan', error)
    } finally {
      planning = false
    }
  }

  return {
    records: book.records,
    plan,
    look(team, service) {
      book.turned(team, service, engine.atMs())
      plan()
    },
    async idle() {
      await Promise.allSettled([...underWay])
    },
    looked: () =>
      new Promise((resolve) => {
        waitingForLooks.push(resolve)
        plan()
      }),
    behind() {
      const { all, admitted, atMs } = planned
      return behind(
        engine.state(),
        all.filter((one) => !admitted.has(one)),
        atMs,
      )
    },
    close() {
      closed = true
      for (const go of waitingForLooks.splice(0)) go()
    },
  }
}

const isFirstLook = ({ first, lane }: Wanted): boolean => first && lane === 'light'
