import { findUsage, get, grant, post, subsystem } from './model.ts'

export const population = subsystem('population', [
  {
    code: 'persons',
    type: 'OPENAPI',
    url: 'http://population/persons',
    endpoints: [
      ...[get('/'), get('/*'), get('/*/family'), get('/*/status')],
      ...[get('/*/residence'), post('/*/residence')],
    ],
    access: [
      grant('municipality'),
      grant('portal', [get('/*'), get('/*/family'), get('/*/residence'), post('/*/residence')]),
      grant('tax', [get('/*'), get('/*/family')]),
      grant('eid', [get('/*')]),
      grant('bank', [get('/*/status')]),
      grant('health', [get('/*'), get('/*/family')]),
      grant('school', [get('/*'), get('/*/family')]),
      grant('vote', [get('/*'), get('/*/residence')]),
      grant('sign', [get('/*/status')]),
      grant('wallet', [get('/*')]),
      grant('assistant', [get('/*'), get('/*/residence'), post('/*/residence')]),
      grant('tracker', [get('/*/family')]),
      grant('immigration', [get('/*/status')]),
    ],
  },
  findUsage('http://population'),
])
