let context: AudioContext | null = null

const TONES = [660, 880] as const
const TONE_S = 0.12
const LOUD = 0.15

/** Two short tones. A browser plays nothing before somebody has clicked on the page, and then nothing is heard: the page shows the case all the same. */
export function playAlert(): void {
  context ??= new AudioContext()
  const { currentTime, destination } = context
  void context.resume()
  for (const [n, hertz] of TONES.entries()) {
    const from = currentTime + n * TONE_S
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(LOUD, from)
    // Without it the end of a tone cracks.
    volume.gain.exponentialRampToValueAtTime(0.001, from + TONE_S)
    tone.connect(volume).connect(destination)
    tone.start(from)
    tone.stop(from + TONE_S)
  }
}
