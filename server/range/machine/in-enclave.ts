import type { RangeSpec } from '../../engine/ports/loaded-scenario.ts'
import { sensorNetwork } from '../enclave/sensor.ts'

/** Containers of one enclave: its services, its probe, and its sensor where it has one. */
export const inEnclaveOf = (spec: Pick<RangeSpec, 'services'>): number =>
  spec.services.length + 1 + Number(sensorNetwork(spec.services) !== null)
