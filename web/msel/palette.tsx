import { Command } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { laterPart } from '../kit/later-part.tsx'

const PaletteSheet = laterPart(async () => (await import('./palette-sheet.tsx')).PaletteSheet, null)
// With the page, so that whoever presses the key at once waits for no network, nor for all else to be drawn.
PaletteSheet.begin()

/** Every action of the console by its name, at Ctrl-K. */
export function Palette({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
      event.preventDefault()
      setOpen(true)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <button type="button" className="button" aria-keyshortcuts="Control+K" onClick={() => setOpen(true)}>
        <Command aria-hidden="true" size="1.1em" />
        {say('palette.key')}
      </button>
      {open && <PaletteSheet view={view} onClose={() => setOpen(false)} />}
    </>
  )
}
