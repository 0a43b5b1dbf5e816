import type { SecurityFile } from "../schema.ts";
import { type ChainLinks, chainLinks, type Links } from "./links.ts";
import { TraceColumn, type TraceFrom, type TraceGap, type TraceRow } from "./schema.ts";

type Cells = Record<TraceColumn, string[]>;

/**
 * The matrix (rules TR-1, TR-2): every item of one kind with what it leads to, both ways along the chain threat, risk, requirement,
 * control, element, test, labeling. Ids that the file names and does not have are left out.
 */
export function trace(file: SecurityFile, from: TraceFrom, gaps: readonly TraceGap[]): TraceRow[] {
  const links = chainLinks(file);
  const kinds = new Map(TraceColumn.options.flatMap((column) => file[column].map(({ id }) => [id, column] as const)));
  const byItem = Map.groupBy(gaps, (gap) => gap.at?.id ?? "");
  return file[from].map(({ id }) => {
    const cells = spread(
      links,
      from,
      id,
      near(links, from, id, (one) => kinds.get(one)),
    );
    for (const column of TraceColumn.options)
      cells[column] = [...new Set(cells[column])].filter((one) => kinds.get(one) === column);
    return { id, cells, gaps: byItem.get(id) ?? [] };
  });
}

/** What an item is linked with next, on either side. */
function near(
  links: ChainLinks,
  from: TraceFrom,
  id: string,
  kindOf: (id: string) => TraceColumn | undefined,
): Partial<Cells> {
  switch (from) {
    case "threats":
      return { controls: [...links.controlsOfThreat(id)], risks: [...links.risksOfThreat(id)] };
    case "risks":
      return { threats: [...links.threatsOfRisk(id)], requirements: [...links.requirementsOfRisk(id)] };
    case "requirements":
      return { controls: [...links.controlsOfRequirement(id)], risks: [...links.risksOfRequirement(id)] };
    case "controls":
      return {};
    case "elements":
      return { controls: [...links.controlsOfElement(id)], threats: [...links.threatsOfElement(id)] };
    case "tests":
    case "labels": {
      const named = from === "tests" ? links.verifiedBy(id) : links.toldBy(id);
      const of = (column: TraceColumn) => named.filter((one) => kindOf(one) === column);
      return {
        controls: of("controls"),
        requirements: of("requirements"),
        threats: of("threats"),
        risks: of("risks"),
        elements: of("elements"),
      };
    }
  }
}

/** Follows the chain from there in both directions. The item's own column holds the item alone. */
function spread(links: ChainLinks, from: TraceFrom, id: string, known: Partial<Cells>): Cells {
  const own = (column: TraceColumn, ...more: (readonly string[])[]) =>
    from === column ? [id] : [...(known[column] ?? []), ...more.flat()];
  const through = (ids: readonly string[], ...ways: Links[]) => ids.flatMap((one) => ways.flatMap((way) => way(one)));
  const asked = from === "risks" || from === "threats" ? through(known.risks ?? [id], links.requirementsOfRisk) : [];
  const controls = own(
    "controls",
    from === "risks" ? through(known.threats ?? [], links.controlsOfThreat) : [],
    through([...(known.requirements ?? []), ...asked], links.controlsOfRequirement),
  );
  const requirements = own("requirements", asked, through(controls, links.requirementsOfControl));
  const threats = own("threats", through(controls, links.threatsOfControl));
  const risks = own("risks", through(requirements, links.risksOfRequirement), through(threats, links.risksOfThreat));
  return {
    threats,
    risks,
    requirements,
    controls,
    elements: own("elements", through(controls, links.elementsOfControl)),
    tests: own("tests", through([...controls, ...requirements, ...threats], links.testsOf)),
    labels: own("labels", through([...controls, ...risks, ...requirements], links.labelsAbout)),
  };
}
