import { UserError } from './user-error.ts'

/** Where pages of services are shown as citizens see them: the first of the ports, and how browsers reach one, with `{host}` and `{port}` in it. */
export interface CitizenSettings {
  readonly port: number
  readonly url: string
}

/** Room for the ports of all services above the first. */
const LAST_FIRST_PORT = 65_000

/** `port`: of the platform; `publicUrl`: where people reach it behind a proxy. Null: nowhere. */
export function citizenSettings(
  text: string | undefined,
  { port, url, publicUrl }: { port: number; url: string | undefined; publicUrl: string | null },
): CitizenSettings | null {
  if (text === 'off') return null
  const first = text ? Number(text) : port === 0 ? 0 : Math.min(port + 1, LAST_FIRST_PORT)
  if (!Number.isInteger(first) || first < 0 || first > LAST_FIRST_PORT)
    throw new UserError(
      `"${text}" is no port: give a whole number from 0 to ${LAST_FIRST_PORT} (0 takes any free ones), or off`,
    )
  const template = url || `${publicUrl?.startsWith('https:') ? 'https' : 'http'}://{host}:{port}`
  const filled = template.replace('{host}', 'host.example').replace('{port}', '1234')
  const whole = URL.canParse(filled) && new URL(filled).origin === filled && /^https?:/.test(filled)
  if (!whole || !template.includes('{port}'))
    throw new UserError(
      `KILP_CITIZEN_URL is "${url}": say how browsers reach a port, as https://p{port}.range.example`,
    )
  return { port: first, url: template }
}
