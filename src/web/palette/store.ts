const EVENT = "cordon:palette";

/** Opens the palette; it is loaded at the first opening. */
export const openPalette = (): void => {
  window.dispatchEvent(new Event(EVENT));
};

export function onOpenPalette(listener: () => void): () => void {
  window.addEventListener(EVENT, listener);
  return () => window.removeEventListener(EVENT, listener);
}
