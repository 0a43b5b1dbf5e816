import type { Picture } from "../picture.ts";
import type { EnginePlaces } from "./elk.ts";
import { labelSpots } from "./labels.ts";
import { keptClear, type Placed, place } from "./place.ts";
import { crossings } from "./route.ts";
import { lineText } from "./size.ts";

/** Width and height of the canvas in an ordinary window. */
const CANVAS = { width: 1100, height: 708 };
/** A smaller gain is not worth a less ordered picture: earlier answers are the better ordered ones. */
const WORTH = 1.08;
/** What one crossing for each line takes away. */
const CROSSING = 0.25;
/** What is left of a picture none of whose lines says what it is. */
const SILENT = 0.55;
/** Words beside a line are worth less than words on it. */
const BESIDE = 0.4;

/** Of several ways to lay out a picture, the one that is read best when all of it is in sight. */
export function bestPlaces(picture: Picture, [first, ...others]: readonly EnginePlaces[]): EnginePlaces {
  if (first === undefined) throw new Error("The layout engine gave no places");
  if (others.length === 0) return first;
  let best = { places: first, score: scoreOf(place(picture, first)) };
  for (const places of others) {
    const score = scoreOf(place(picture, places));
    if (score > best.score * WORTH) best = { places, score };
  }
  return best.places;
}

/** How large it is, less for lines that cross and for words that have no room. */
function scoreOf(placed: Placed): number {
  const { bounds, lines } = placed;
  const scale = Math.min(1, CANVAS.width / Math.max(1, bounds.width), CANVAS.height / Math.max(1, bounds.height));
  if (lines.length === 0) return scale;
  const spots = labelSpots(lines, keptClear(placed), { near: scale });
  const said = lines.map(({ line }) => {
    const spot = spots.get(line.id);
    const whole = lineText(line, spot?.most ?? 0).replace(/…$/, "").length;
    const share = Math.min(1, whole / Math.max(1, Math.min(line.label.length, 24)));
    return spot?.leader === undefined ? share : share * BESIDE;
  });
  const words = said.reduce((sum, part) => sum + part, 0) / lines.length;
  const crossed = crossings(lines.map(({ points }) => points)) / lines.length;
  return (scale * (SILENT + (1 - SILENT) * words)) / (1 + CROSSING * crossed);
}
