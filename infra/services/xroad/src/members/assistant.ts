import { subsystem } from './model.ts'

export const assistant = subsystem('assistant')
