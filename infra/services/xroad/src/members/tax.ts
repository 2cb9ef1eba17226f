import { findUsage, get, grant, subsystem } from './model.ts'

export const tax = subsystem('tax', [
  {
    code: 'declarations',
    type: 'REST',
    url: 'http://tax/xroad/declarations',
    endpoints: [get('/*')],
    access: [grant('portal'), grant('assistant')],
  },
  {
    code: 'income-certificate',
    type: 'REST',
    url: 'http://tax/xroad/income-certificate',
    endpoints: [get('/*')],
    access: [grant('mynumber')],
  },
  findUsage('http://tax'),
])
