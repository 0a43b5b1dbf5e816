export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });
const area = ({ width, height }: Box) => width * height;

const holds = (outer: Box, inner: Box): boolean => {
  const { x, y } = middle(inner);
  return x >= outer.x && x <= outer.x + outer.width && y >= outer.y && y <= outer.y + outer.height;
};

/**
 * The smallest of the boxes that a thing's middle lies in, leaving out the box itself and those no larger than it; null when there is
 * none. `boxes` come smallest first.
 */
export const smallestAround = <T extends { box: Box }>(boxes: readonly T[], box: Box): T | null =>
  boxes.find((one) => one.box !== box && area(one.box) > area(box) && holds(one.box, box)) ?? null;

export const smallestFirst = <T extends { box: Box }>(boxes: readonly T[]): T[] =>
  [...boxes].sort((a, b) => area(a.box) - area(b.box));
