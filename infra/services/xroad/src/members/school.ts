import { findUsage, get, grant, subsystem } from './model.ts'

export const school = subsystem('school', [
  {
    // Confirmation of schooling.
    code: 'pupils',
    type: 'REST',
    url: 'http://school/xroad/pupils',
    endpoints: [get('/*')],
    access: [grant('municipality'), grant('clinic'), grant('health')],
  },
  {
    code: 'summary',
    type: 'REST',
    url: 'http://school/xroad/summary',
    endpoints: [get('/*')],
    access: [grant('portal')],
  },
  findUsage('http://school'),
])
