import { findUsage, get, grant, subsystem } from './model.ts'

export const tax = subsystem('tax', [
  {
    code: 'declarations',
    type: 'REST',
    url: 'http://tax/xroad/declarations',
    endpoints: [get('/*')],
    access: [grant('portal'), grant('assistant')],
  },
  findUsage('http://tax'),
])
