import { openCitizens } from '../../kit/citizens.ts'
import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { oauth } from '../../kit/protocol.ts'
import { relyingParty } from '../../kit/relying-party.ts'
import { environment } from '../../kit/secrets.ts'
import { openSessions, sessionSchema } from '../../kit/sessions.ts'
import { openXroadClient } from '../../kit/xroad-client.ts'
import { usageRoutes, usageSchema } from '../../kit/xroad-provider.ts'
import { type Authorities, openAuthorities } from './authority.ts'
import { authorityRoutes } from './authority-routes.ts'
import { createChallenges } from './challenges.ts'
import { consentRoutes } from './consent-routes.ts'
import { loginRoutes } from './login-routes.ts'
import { oauthRoutes } from './oauth-routes.ts'
import { pageRoutes } from './page-routes.ts'
import { seed } from './seed.ts'
import { fetchForever } from './self-information.ts'
import { selfInformationRoutes } from './self-information-routes.ts'
import { terminalRoutes } from './terminal.ts'
import { welcomePage } from './welcome-pages.ts'

const service = createService('mynumber')
const db = openDatabase(environment('DATABASE_URL'))
const xroad = openXroadClient('mynumber')
const challenges = createChallenges()
const sessions = openSessions('mynumber', db)
const eid = relyingParty({
  issuer: environment('ISSUER'),
  clientId: 'mynumber',
  secret: environment('OIDC_SECRET'),
  baseUrl: environment('BASE_URL'),
})
const citizens = openCitizens({ service: 'mynumber', db, welcome: welcomePage, party: eid })

let opened: Authorities | undefined
const authorities = (): Authorities => {
  if (!opened) throw new Error('the authorities are not open yet')
  return opened
}

for (const path of ['/oauth/par', '/oauth/token']) service.speaks(path, oauth())
service.app.route('/v2', usageRoutes(db))
service.app.route('/', authorityRoutes(db, authorities))
service.app.route('/terminal', terminalRoutes(db, authorities))
service.app.route('/', oauthRoutes(db))
service.app.route('/', consentRoutes(db, authorities, challenges))
service.app.route('/api/self-information', selfInformationRoutes(db))
// These answer /login and /login/callback before the ones of the kit do, of which the way out remains.
service.app.route('/', loginRoutes({ db, authorities, challenges, sessions, citizens, eid }))
service.app.route('/', citizens.routes)
service.app.route('/', pageRoutes(db, authorities, citizens, challenges))

service.check('registry-db', () => db.query('select'))
await service.listen()
const schemas = [usageSchema, sessionSchema, new URL('./schema.sql', import.meta.url)]
await service.until('registry-db', async () => {
  await prepareDatabase(db, schemas, seed)
  opened = await openAuthorities(db, {
    authentication: environment('JPKI_AUTHENTICATION_KEY'),
    signature: environment('JPKI_SIGNATURE_KEY'),
  })
})
service.ready()
await fetchForever(db, xroad)
