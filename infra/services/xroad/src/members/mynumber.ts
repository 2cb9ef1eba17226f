import { findUsage, subsystem } from './model.ts'

export const mynumber = subsystem('mynumber', [findUsage('http://mynumber')])
