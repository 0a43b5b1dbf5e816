import type { Picture } from "../picture.ts";
import type { EnginePlaces } from "./elk.ts";
import { place } from "./place.ts";

/** Width and height of the canvas in an ordinary window. */
const CANVAS = { width: 1080, height: 740 };
/** A smaller gain in size is not worth a less ordered picture: earlier answers are the better ordered ones. */
const WORTH = 1.1;

/** Of several ways to lay out a picture, the one whose words are largest when all of it is in sight. */
export function bestPlaces(picture: Picture, [first, ...others]: readonly EnginePlaces[]): EnginePlaces {
  if (first === undefined) throw new Error("The layout engine gave no places");
  let best = { places: first, scale: scaleOf(picture, first) };
  for (const places of others) {
    const scale = scaleOf(picture, places);
    if (scale > best.scale * WORTH) best = { places, scale };
  }
  return best.places;
}

function scaleOf(picture: Picture, places: EnginePlaces): number {
  const { width, height } = place(picture, places).bounds;
  return Math.min(1, CANVAS.width / Math.max(1, width), CANVAS.height / Math.max(1, height));
}
