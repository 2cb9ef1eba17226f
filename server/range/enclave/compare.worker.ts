import { parentPort, workerData } from 'node:worker_threads'
import { compared, type Differing } from './compare.ts'

const { files, cut } = workerData as { files: readonly Differing[]; cut: boolean }
parentPort?.postMessage(compared(files, cut))
