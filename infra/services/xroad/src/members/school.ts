import { subsystem } from './model.ts'

export const school = subsystem('school')
