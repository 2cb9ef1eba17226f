import { createService } from '../../kit/http.ts'
import { environment } from '../../kit/secrets.ts'
import { openCollector } from './collector.ts'
import { openLogStore } from './log-store.ts'
import { searchRoutes } from './search-routes.ts'
import { senders } from './senders.ts'

const SYSLOG_PORT = 514

const service = createService('soc')
const store = openLogStore(`${process.env.DATA_FOLDER ?? '/srv/data'}/logs.sqlite`)

service.app.route('/api', searchRoutes(store, environment('SOC_TOKEN')))

await service.listen()
await openCollector(SYSLOG_PORT, senders(), store)
service.ready()
