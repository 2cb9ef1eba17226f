import { findUsage, subsystem } from './model.ts'

export const wallet = subsystem('wallet', [findUsage('http://wallet')])
