import { expect, test } from "vitest";
import type { Line } from "../picture.ts";
import { labelRect, labelScale, labelSpots } from "./labels.ts";
import { READABLE, stepOf } from "./reading.ts";
import { overlaps } from "./route.ts";
import { SUB_SIZE } from "./size.ts";

const line = (id: string, label: string): Line => ({
  ...{ id, of: { kind: "flows", id }, from: "a", to: "b", fromSocket: null, toSocket: null, bothWays: false, label },
  ...{ number: null, encrypted: false, carries: [], dashed: false, emphasis: null },
});
const level = (id: string, y: number, label = "HL7 v2 over MLLP in TLS") => ({
  line: line(id, label),
  points: [
    { x: 0, y },
    { x: 400, y },
  ],
});
const rectsOf = (ways: ReturnType<typeof level>[], near: number) => {
  const spots = labelSpots(ways, [], { near });
  return ways.flatMap(({ line: of }) => {
    const spot = spots.get(of.id);
    return spot === undefined ? [] : [labelRect(of, spot, labelScale(near))];
  });
};

test.each([1.7, 1, 0.83, 0.61, 0.45, 0.35])("at a zoom of %d letters are readable and labels stand apart", (zoom) => {
  const near = stepOf(zoom);
  expect(SUB_SIZE * labelScale(near) * zoom).toBeGreaterThanOrEqual(READABLE);
  const rects = rectsOf([level("f1", 0), level("f2", 14), level("f3", 28), level("f4", 300)], near);
  expect(rects.length).toBeGreaterThanOrEqual(2);
  rects.forEach((rect, i) => {
    for (const other of rects.slice(i + 1)) expect(overlaps(rect, other)).toBe(false);
  });
});

test("a label is shorter where there is little room, and not there where there is none", () => {
  const wall = (y: number) => [
    { x: 0, y, width: 150, height: 40 },
    { x: 250, y, width: 150, height: 40 },
  ];
  const [wide] = labelSpots([level("f1", 20)], [], { near: 1 }).values();
  const [narrow] = labelSpots([level("f1", 20)], wall(0), { near: 1 }).values();
  expect(narrow?.most).toBeLessThan(wide?.most ?? 0);
  expect(labelSpots([level("f1", 20)], [{ x: -400, y: -400, width: 1_200, height: 800 }]).size).toBe(0);
});

test("a label without room on its line stands beside its line, with a leader to it that goes through nothing", () => {
  const boxes = [
    { x: 0, y: 0, width: 150, height: 40 },
    { x: 166, y: 0, width: 150, height: 40 },
  ];
  const points = [
    { x: 150, y: 20 },
    { x: 166, y: 20 },
  ];
  const way = { ...level("f1", 20), points };
  const spot = labelSpots([way], boxes).get("f1");
  expect(spot?.leader).toEqual({ x: 158, y: 20 });
  expect(spot?.x).toBe(158);
  for (const box of boxes) expect(spot !== undefined && overlaps(labelRect(way.line, spot), box)).toBe(false);
});

test("on paper every label is there", () => {
  expect(labelSpots([level("f1", 20)], [{ x: -400, y: -400, width: 1_200, height: 800 }], { every: true }).size).toBe(
    1,
  );
});

test("no label covers what stands on the picture", () => {
  const box = { x: 150, y: -30, width: 100, height: 60 };
  const [rect] = rectsOf([level("f1", 0)], 1).filter((each) => overlaps(each, box));
  expect(rect, "without the box it would stand there").toBeDefined();
  const way = level("f1", 0);
  const spot = labelSpots([way], [box]).get("f1");
  expect(spot !== undefined && overlaps(labelRect(way.line, spot), box)).toBe(false);
});
