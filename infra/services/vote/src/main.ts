import { createPublicKey } from 'node:crypto'
import { openCitizens } from '../../kit/citizens.ts'
import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { environment, pem } from '../../kit/secrets.ts'
import { sessionSchema } from '../../kit/sessions.ts'
import { openXroadClient } from '../../kit/xroad-client.ts'
import { usageRoutes, usageSchema } from '../../kit/xroad-provider.ts'
import { apiRoutes } from './api.ts'
import { pageRoutes } from './page-routes.ts'
import { welcomePage } from './pages.ts'
import { rpcRoutes } from './rpc.ts'
import { rpc } from './rpc-error.ts'
import { seed } from './seed.ts'
import { xroadRoutes } from './xroad-routes.ts'

const service = createService('vote')
const db = openDatabase(environment('DATABASE_URL'))
const xroad = openXroadClient('vote')
const authority = createPublicKey(pem(environment('CARD_CA')))
const citizens = openCitizens({ service: 'vote', db, welcome: welcomePage })

service.speaks('/rpc', rpc)
service.app.route('/v2', usageRoutes(db))
service.app.route('/xroad', xroadRoutes(db))
service.app.route('/api', apiRoutes(db, citizens, authority))
service.app.route('/', rpcRoutes({ db, xroad, citizens, authority }))
service.app.route('/', citizens.routes)
service.app.route('/', pageRoutes({ db, xroad, citizens, authority }))

service.check('registry-db', () => db.query('select'))
await service.listen()
const schemas = [usageSchema, sessionSchema, new URL('./schema.sql', import.meta.url)]
await service.until('registry-db', () => prepareDatabase(db, schemas, seed))
service.ready()
