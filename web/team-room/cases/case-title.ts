import type { CaseView } from '#exercise/views/case-views.ts'
import type { TeamView } from '#exercise/views/views.ts'
import type { Say } from '../../kit/i18n/use-say.ts'

/** What a case is about, in the viewer's language; by hand, in the words of whoever opened it. */
export function caseTitle(say: Say, team: TeamView, { about, service }: CaseView): string {
  switch (about.kind) {
    case 'attack':
      return say('case.title.attack', { title: say.text(about.title) })
    case 'ticket':
      return about.title
        ? say('case.title.ticket', { title: say.text(about.title) })
        : say('case.title.ticketOnly')
    case 'alert':
      return say('case.title.alert', {
        service: serviceName(say, team, service) ?? '',
        state: say.within(say(`state.exact.${about.verdict}`)),
      })
    case 'hand':
      return about.title
  }
}

export function serviceName(say: Say, team: TeamView, service: string | null): string | null {
  const known = team.services.find(({ id }) => id === service)
  return known ? say.text(known.title) : service
}
