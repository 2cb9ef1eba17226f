import type { ComponentProps } from 'react'
import { useAudience } from '../feed/use-feed.tsx'
import { laterPart } from '../kit/later-part.tsx'

const Terminals = laterPart(
  async () => (await import('../terminal/service-terminals.tsx')).ServiceTerminals,
  null,
)
const PagePut = laterPart(async () => (await import('../control/wall-page-control.tsx')).WallPagePut, null)

/** What white alone has in a team's room: no other page waits for it. */
const useWhite = () => useAudience().seat === 'white'

export function ServiceTerminals(props: ComponentProps<typeof Terminals>) {
  return useWhite() ? <Terminals {...props} /> : null
}

export function WallPagePut(props: ComponentProps<typeof PagePut>) {
  return useWhite() ? <PagePut {...props} /> : null
}
