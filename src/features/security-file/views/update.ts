import type { UpdatePath } from "../design/schema.ts";
import type { SecurityFile } from "../schema.ts";
import { boxOf, byId, framesOf, zoneIds } from "./boxes.ts";
import type { Box, Line, Picture } from "./picture.ts";
import { VIEW_WORD } from "./words.ts";

/**
 * The way of every update from who makes it to what it changes, also the stretches in other hands, which are dashed (App. 2,
 * updateability view). `of`: one path only.
 */
export function updateView(file: SecurityFile, of?: string): Picture {
  const paths = file.updatePaths.filter(({ id }) => of === undefined || id === of);
  const chains = paths.map((path) => chain(file, path));
  const boxes = [...byId(chains.flatMap((made) => made.boxes)).values()];
  const [only] = paths;
  return {
    view: "update",
    title: paths.length === 1 && only !== undefined ? `${VIEW_WORD.update}: ${only.name}` : VIEW_WORD.update,
    zones: framesOf(file, boxes),
    boxes,
    lines: chains.flatMap((made) => made.lines),
    notes: [],
  };
}

function chain(file: SecurityFile, path: UpdatePath): { boxes: Box[]; lines: Line[] } {
  const zones = zoneIds(file);
  const elements = byId(file.elements);
  const of = { kind: "updatePaths" as const, id: path.id };
  const stops = path.steps.map((step, index) => {
    const element = step.element === null ? undefined : elements.get(step.element);
    const box: Box = {
      id: `${path.id}.${index + 1}`,
      of,
      name: step.name,
      shape: element?.kind ?? "external-system",
      sub: element === undefined || element.name === step.name ? "" : element.name,
      zone: element?.zone != null && zones.has(element.zone) ? element.zone : null,
      sockets: [],
      inScope: step.controlled,
      emphasis: step.controlled ? null : "outside",
    };
    return { box, step };
  });
  const targets = path.updates.flatMap((id) => elements.get(id) ?? []).map((element) => boxOf(element, zones));
  const lines = stops.slice(1).map(({ box, step }, index) => {
    const before = stops[index];
    return between(of, before?.box.id ?? "", box.id, {
      label: step.protection,
      number: String(index + 1),
      controlled: step.controlled && before?.step.controlled !== false,
    });
  });
  const last = stops.at(-1);
  const into =
    last === undefined
      ? []
      : targets.map((target) =>
          between(of, last.box.id, target.id, {
            label: path.verification,
            number: String(stops.length),
            controlled: last.step.controlled,
          }),
        );
  return { boxes: [...stops.map(({ box }) => box), ...targets], lines: [...lines, ...into] };
}

const between = (
  of: { kind: "updatePaths"; id: string },
  from: string,
  to: string,
  { label, number, controlled }: { label: string; number: string; controlled: boolean },
): Line => ({
  id: `${from}.to.${to}`,
  of,
  from,
  to,
  fromSocket: null,
  toSocket: null,
  bothWays: false,
  label: label === "" ? "protection not stated" : label,
  number,
  encrypted: false,
  carries: ["code"],
  dashed: !controlled,
  emphasis: controlled ? null : "outside",
});
