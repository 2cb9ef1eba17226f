import { findUsage, subsystem } from './model.ts'

export const assistant = subsystem('assistant', [findUsage('http://assistant')])
