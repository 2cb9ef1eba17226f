import type { Capacity } from './admit.ts'

/** What one exercise has of machines that carry `among` of them at once: an equal part. */
export const shared = (capacity: Capacity, among: number): Capacity =>
  among <= 1
    ? capacity
    : new Map([...capacity].map(([team, machine]) => [team, { ...machine, cores: machine.cores / among }]))
