/** The smallest letters that are read without effort on a screen, in its pixels. */
export const READABLE = 10.2;

/** Zooms at which the picture is drawn anew, so that it is drawn a few times while somebody zooms, not at each turn of the wheel. */
const STEPS = [1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.65, 0.6, 0.55, 0.5, 0.45, 0.4, 0.34, 0.28, 0.22, 0.16, 0.08];

/** The step a zoom belongs to: never more than the zoom, so that what is sized for it is not too small. */
export const stepOf = (zoom: number): number => STEPS.find((step) => step <= zoom) ?? 0.08;

/** A size that is readable at a zoom; null where that would be more than there is room for. */
export function readableAt(size: number, near: number, most: number): number | null {
  const wanted = Math.max(size, READABLE / near);
  return wanted > most ? null : wanted;
}
