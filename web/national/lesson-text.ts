import type { LessonBout, LessonView } from '#exercise/views/wall/lesson-views.ts'
import { fewNames } from '../kit/few-names.ts'
import type { Say } from '../kit/i18n/use-say.ts'
import type { Names } from './problem-text.ts'

const NAMED = 3

/** A lesson in plain sentences. `total`: countries of the exercise; where there is one, it is compared with none. */
export function lessonText(say: Say, lesson: LessonView, names: Names, total: number): string {
  switch (lesson.kind) {
    case 'open': {
      const services = fewNames(say, lesson.services.map(names.service), NAMED)
      if (total === 1) return say('lesson.alone.open', { services })
      const teams = say.list(lesson.teams.map(names.team))
      return say('lesson.open', { count: lesson.teams.length, teams, services })
    }
    case 'longest': {
      const { bout } = lesson
      return joined(say, [
        say(`lesson.${total === 1 ? 'alone.' : ''}longest.${bout.cause}`, told(say, bout, names)),
        whyText(say, bout),
      ])
    }
    case 'fastest': {
      const { bout, slowestMs } = lesson
      const how = { ...told(say, bout, names), most: say.span(slowestMs) }
      return joined(say, [say(`lesson.fastest.${bout.cause}`, how), withText(say, bout)])
    }
    case 'most-hit': {
      const services = fewNames(say, lesson.services.map(names.service), NAMED)
      if (total === 1) return say('lesson.alone.most-hit', { services })
      return say('lesson.most-hit', { n: total, here: lesson.teams, services })
    }
    case 'blocked':
      return say('lesson.blocked', { count: lesson.attacks, blocked: lesson.blocked })
  }
}

const told = (say: Say, { team, service, ms }: LessonBout, names: Names) => ({
  team: names.team(team),
  service: names.service(service),
  span: say.span(ms),
})

/** Why it took so long: nobody turned to it, or late, or it was hard to mend. */
function whyText(say: Say, { ms, noticedMs }: LessonBout): string {
  if (noticedMs === null) return say('lesson.why.unseen')
  return say(noticedMs * 2 >= ms ? 'lesson.why.late' : 'lesson.why.mending', { span: say.span(noticedMs) })
}

/** With what it was done so soon. */
function withText(say: Say, { noticedMs, mendingMs }: LessonBout): string {
  if (noticedMs === null) return ''
  const span = say.span(noticedMs)
  return mendingMs === null || mendingMs <= noticedMs
    ? say('lesson.with.noticed', { span })
    : say('lesson.with.mending', { span, fix: say.span(mendingMs) })
}

const joined = (say: Say, sentences: readonly string[]): string =>
  sentences.filter((sentence) => sentence !== '').join(say.lang === 'ja' ? '' : ' ')
