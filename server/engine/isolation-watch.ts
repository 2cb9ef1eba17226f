import { PLATFORM } from '../exercise/ledger/actor.ts'
import type { AskedCommand, Engine } from './engine.ts'
import type { Range } from './ports/ports.ts'
import type { IsolationNews } from './ports/range-news.ts'

/** What everybody reads when the platform pauses an exercise by itself; pages have words for it. */
export const ISOLATION_LOST = 'isolation-lost'

/** What the range sees of its isolation goes into the ledger; an exercise whose enclaves stay open is paused. */
export function followIsolation(
  engine: Engine,
  range: Pick<Range, 'watchIsolation'>,
  fault: (what: string, error: unknown) => void,
): void {
  range.watchIsolation((news) => {
    for (const command of commandsFor(news))
      engine.submit(command, PLATFORM).catch((error) => fault(command.type, error))
  })
}

function commandsFor(news: IsolationNews): readonly AskedCommand[] {
  switch (news.happened) {
    case 'lost': {
      const { team, what, lasting } = news
      const lost = { type: 'report-isolation-lost', data: { team, what } } as const
      return lasting ? [lost, { type: 'pause-exercise', data: { reason: ISOLATION_LOST } }] : [lost]
    }
    case 'proven':
      return [{ type: 'report-isolation', data: { team: news.team, checks: news.checks } }]
    case 'restored':
      return [{ type: 'report-isolation-restored', data: { lostMs: news.lostMs } }]
  }
}
