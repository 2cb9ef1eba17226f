import { parentPort, workerData } from 'node:worker_threads'
import type { Sheet } from '../exercise/views/report/sheet.ts'
import { paperOf } from './paper.ts'

parentPort?.postMessage(await paperOf(workerData as Sheet))
