import type { Evidence } from '#exercise/scenario/model.ts'
import type { SourceTexts } from '#exercise/wire/sources.ts'
import { answeredBy } from './answered-by.ts'

addEventListener(
  'message',
  ({
    data,
  }: MessageEvent<{
    readonly evidence: Evidence
    readonly service: string
    readonly texts: SourceTexts['texts']
  }>) => postMessage(answeredBy(data.evidence, data.service, data.texts)),
)
