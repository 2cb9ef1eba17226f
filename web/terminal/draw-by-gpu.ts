import type { Terminal } from '@xterm/xterm'

/** How programs call themselves that draw in the place of a card. */
const IN_SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i

/** Whether the graphics card draws, and no program in its place: that would be slower than the page itself. */
function isDrawnByCard(): boolean {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('webgl2', { failIfMajorPerformanceCaveat: true })
  if (!context) return false
  // Some browsers do not call that a caveat.
  const told = context.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(context.getParameter(told?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER))
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return !IN_SOFTWARE.test(renderer)
}

/**
 * Has a terminal drawn by the graphics card where there is one. Where there is none, where it is taken away (a page may have only so many), or where what is needed
 * can not be fetched, the page draws it as before. Resolves to whether the card does.
 */
export async function drawByGpu(
  terminal: Terminal,
  isStill: () => boolean,
  isFast: () => boolean = isDrawnByCard,
): Promise<boolean> {
  try {
    if (!isFast()) return false
    const { WebglAddon } = await import('@xterm/addon-webgl')
    if (!isStill()) return false
    const addon = new WebglAddon()
    addon.onContextLoss(() => addon.dispose())
    terminal.loadAddon(addon)
    return true
  } catch {
    return false
  }
}
