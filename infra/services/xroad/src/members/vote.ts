import { findUsage, get, grant, subsystem } from './model.ts'

export const vote = subsystem('vote', [
  {
    code: 'voters',
    type: 'REST',
    url: 'http://vote/xroad/voters',
    endpoints: [get('/*')],
    access: [grant('portal'), grant('assistant')],
  },
  findUsage('http://vote'),
])
