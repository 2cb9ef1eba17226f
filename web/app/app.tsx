import { lazy, Suspense, useEffect, useLayoutEffect } from 'react'
import { exerciseFor, tokenFor } from '../feed/seat-tokens.ts'
import { LiveFeed } from '../feed/use-feed.tsx'
import { showLang } from '../kit/i18n/i18n.ts'
import { PartGuard } from '../kit/part-guard.tsx'
import { Join } from '../start/join.tsx'
import { StartPage } from '../start/start-page.tsx'
import { pages } from './pages.ts'
import { type Route, useRoute } from './route.ts'
import { useTheme, useWantedLang } from './settings.ts'

const Scoreboard = lazy(async () => ({ default: (await pages.scoreboard()).ScoreboardPage }))
const National = lazy(async () => ({ default: (await pages.national()).NationalPage }))
const TeamRoom = lazy(async () => ({ default: (await pages.team()).TeamPage }))
const Timeline = lazy(async () => ({ default: (await pages.timeline()).TimelinePage }))
const Instructor = lazy(async () => ({ default: (await pages.instructor()).InstructorPage }))

/** One page per scene; each is fed by the seat that its URL belongs to. */
export function App() {
  const route = useRoute()
  const theme = useTheme()
  const lang = useWantedLang()
  // Before the effects of pages that draw in its colours.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  useEffect(() => {
    void showLang(lang)
  }, [lang])
  return (
    // A crash stays with its page: the next page begins anew.
    <PartGuard key={`${route.exercise}/${route.scene}/${route.arg}`}>
      <LiveFeed exercise={exerciseFor(route)} token={tokenFor(route)}>
        <Suspense>
          <Page route={route} />
        </Suspense>
      </LiveFeed>
    </PartGuard>
  )
}

function Page({ route }: { readonly route: Route }) {
  switch (route.scene) {
    case 'start':
      return <StartPage />
    case 'join':
      return <Join token={route.arg ?? ''} />
    case 'scoreboard':
      return <Scoreboard withTechniques={false} />
    case 'observer':
      return <Scoreboard withTechniques />
    case 'national':
      return <National />
    case 'team':
      return <TeamRoom team={route.arg ?? ''} />
    case 'timeline':
      return <Timeline />
    case 'instructor':
      return route.arg ? <TeamRoom team={route.arg} /> : <Instructor />
  }
}
