import { subsystem } from './model.ts'

export const wallet = subsystem('wallet')
