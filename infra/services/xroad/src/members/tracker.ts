import { findUsage, get, grant, post, subsystem } from './model.ts'

export const tracker = subsystem('tracker', [
  {
    code: 'usages',
    type: 'REST',
    url: 'http://tracker/xroad/usages',
    endpoints: [get('/*')],
    access: [grant('portal'), grant('assistant')],
  },
  {
    // Offices that keep no journal of their own. The wallet's member is the police.
    code: 'reports',
    type: 'REST',
    url: 'http://tracker/xroad/reports',
    endpoints: [post('/'), post('/*/withdrawal')],
    access: [grant('municipality'), grant('clinic'), grant('bank'), grant('wallet')],
  },
  findUsage('http://tracker'),
])
