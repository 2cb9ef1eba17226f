import { createPublicKey } from 'node:crypto'
import { openCitizens } from '../../kit/citizens.ts'
import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { oauth } from '../../kit/protocol.ts'
import { environment, pem } from '../../kit/secrets.ts'
import { sessionSchema } from '../../kit/sessions.ts'
import { openXroadClient } from '../../kit/xroad-client.ts'
import { usageRoutes, usageSchema } from '../../kit/xroad-provider.ts'
import { certify } from './certify.ts'
import { openDesk } from './desk.ts'
import { holderRoutes } from './holder-routes.ts'
import { issuerRoutes } from './issuer/routes.ts'
import { welcomePage } from './pages.ts'
import { verifierRoutes } from './verifier/routes.ts'

const PID_AUTHORITY = 'Meremaa PID Authority'
const ACCESS_AUTHORITY = 'Meremaa Access Authority'

const service = createService('wallet')
const baseUrl = environment('BASE_URL')
const db = openDatabase(environment('DATABASE_URL'))
const xroad = openXroadClient('wallet')
const citizens = openCitizens({ service: 'wallet', db, welcome: welcomePage })
const pid = certify({
  authorityKey: environment('PID_CA_KEY'),
  authority: PID_AUTHORITY,
  key: environment('PID_KEY'),
  name: 'Meremaa PID Provider',
  alternativeName: `URI:${baseUrl}`,
})
const access = certify({
  authorityKey: environment('ACCESS_CA_KEY'),
  authority: ACCESS_AUTHORITY,
  key: environment('ACCESS_KEY'),
  name: 'Meremaa Verifiers',
  alternativeName: `DNS:${new URL(baseUrl).hostname}`,
})
const anchors = [{ name: PID_AUTHORITY, key: createPublicKey(pem(environment('TRUSTED_PID_CA'))) }]

for (const path of ['/token', '/nonce', '/verify/requests', '/verify/responses'])
  service.speaks(path, oauth())
service.speaks('/credential', oauth('invalid_credential_request'))
service.app.route('/v2', usageRoutes(db))
service.app.route('/', issuerRoutes({ db, xroad, baseUrl, pid }))
service.app.route('/', verifierRoutes({ db, baseUrl, access, anchors }))
service.app.route('/', citizens.routes)
service.app.route('/', holderRoutes(db, citizens, openDesk(db, environment('KILP_SEED')), baseUrl))

service.check('registry-db', () => db.query('select'))
await service.listen()
await service.until('registry-db', () =>
  prepareDatabase(
    db,
    [usageSchema, sessionSchema, new URL('./schema.sql', import.meta.url)],
    async () => undefined,
  ),
)
service.ready()
