/** An app that people may let into health records. Public clients (RFC 8252): no secret, PKCE instead. */
export interface App {
  readonly name: string
  /** Must match exactly. */
  readonly redirect: string
  readonly scopes: readonly string[]
}

/** Registered apps, by client id. */
export const APPS: Readonly<Record<string, App>> = {
  'my-health': {
    name: 'My Health',
    redirect: 'mm.health.app:/callback',
    scopes: ['launch/patient', 'patient/*.rs', 'patient/Consent.cruds'],
  },
  'doctors-desk': {
    name: "Doctor's Desk",
    redirect: 'mm.health.desk:/callback',
    scopes: ['user/*.cruds'],
  },
}

/** The scopes of those asked for that an app may have; all that it may have when it asks for none. */
export function grantedScopes(app: App, asked: string): readonly string[] {
  const names = asked.split(' ').filter((name) => name !== '')
  return names.length === 0 ? app.scopes : app.scopes.filter((scope) => names.includes(scope))
}
