/**
 * What a worker answers to one message; null where it takes longer than `deadlineMs`, or fails. It is ended then, so that nothing that is read from a
 * team's machine holds up the page. Never rejects.
 */
export function inWorker<Answer>(
  worker: Worker,
  message: unknown,
  deadlineMs: number,
): Promise<Answer | null> {
  return new Promise<Answer | null>((answered) => {
    const late = setTimeout(() => answered(null), deadlineMs)
    const end = (answer: Answer | null) => {
      clearTimeout(late)
      answered(answer)
    }
    worker.onmessage = ({ data }: MessageEvent<Answer>) => end(data)
    worker.onerror = () => end(null)
    worker.postMessage(message)
  }).finally(() => worker.terminate())
}
