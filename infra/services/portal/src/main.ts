import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { environment } from '../../kit/secrets.ts'
import { openXroadClient } from '../../kit/xroad-client.ts'
import { apiRoutes } from './api.ts'
import { citizenRoutes } from './citizen-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import { idTokensOf } from './id-token.ts'
import { officialsOf } from './officials.ts'
import type { Portal } from './portal.ts'
import { xroadRoutes } from './xroad-routes.ts'

const service = createService('portal')
const issuer = environment('ISSUER')
const portal: Portal = {
  db: openDatabase(environment('DATABASE_URL')),
  xroad: openXroadClient('portal'),
  party: {
    issuer,
    clientId: 'portal',
    secret: environment('OIDC_SECRET'),
    baseUrl: environment('BASE_URL'),
    idTokens: idTokensOf(issuer),
  },
  officials: officialsOf(environment('KILP_SEED')),
}

service.app.route('/xroad', xroadRoutes(portal.db))
service.app.route('/api', apiRoutes(portal))
service.app.route('/desk', deskRoutes(portal))
service.app.route('/', citizenRoutes(portal))

service.check('registry-db', () => portal.db.query('select'))
await service.listen()
const schema = new URL('./schema.sql', import.meta.url)
await service.until('registry-db', () => prepareDatabase(portal.db, [schema], async () => undefined))
service.ready()
