import { attacksOf } from "../src/features/security-file/graph/attacks.ts";
import { at } from "../src/features/security-file/graph/edges.ts";
import { struckBy } from "../src/features/security-file/graph/exposure.ts";
import { buildGraph, type Graph } from "../src/features/security-file/graph/graph.ts";
import { harmPaths } from "../src/features/security-file/graph/harm-paths.ts";
import { startsOfThreat } from "../src/features/security-file/graph/starts.ts";
import { worstLevels } from "../src/features/security-file/graph/worst.ts";
import { SecurityFile } from "../src/features/security-file/schema.ts";

interface Measurement {
  name: string;
  value: number;
  unit: string;
  limit?: number;
}

const ELEMENTS = 1_000;
const THREATS = 5_000;
const FUNCTIONS = 50;

/**
 * Ways from a part to a patient in a large model. Two shapes: `dense`, where most elements act on each other and every search meets
 * every flow, and `layered`, without circles, where nothing can be shared. The peer finds the same reach by a plain search for each
 * element over lists of flows by element.
 */
export async function run(): Promise<Measurement[]> {
  const rows: Measurement[] = [];
  for (const [shape, flows] of [
    ["dense", 4_000],
    ["layered", 4_000],
    ["dense", 15_000],
  ] as const) {
    const text = JSON.stringify(largeFile(shape, flows));
    const open = timed(() => buildGraph(SecurityFile.parse(JSON.parse(text))));
    const file = open.value.file;
    const times = Array.from({ length: 5 }, () => all(file)).sort((a, b) => a.ms - b.ms);
    const median = times[2];
    const plain = timed(() => plainReach(file));
    const attacks = timed(() => attacksOf(buildGraph(file), { most: 5, mostOfEntry: 2, harms: 20 }));
    if (median === undefined || median.reached !== plain.value) throw new Error("the peer finds another reach");
    rows.push(
      { name: `${shape}: links, ${flows} of them flows`, value: linksIn(file), unit: "" },
      {
        name: `${shape}: read, checked for shape, built (${megabytes(text)})`,
        value: open.ms,
        unit: "ms",
        limit: 1_000,
      },
      {
        name: `${shape}: built, all ways to harm, all reach, all exposure`,
        value: median.ms,
        unit: "ms",
        ...(flows === 4_000 ? { limit: 200 } : {}),
      },
      { name: `${shape}: ways with steps and sentence`, value: median.ways, unit: "" },
      { name: `${shape}: reach alone`, value: median.reachMs, unit: "ms" },
      { name: `${shape}: the same reach by a plain search for each element`, value: plain.ms, unit: "ms" },
      { name: `${shape}: attack paths to 20 harms, 10 each`, value: attacks.ms, unit: "ms" },
    );
  }
  return rows;
}

/** What the promise names, from the file's items on; CPU time, which a busy machine does not stretch. */
function all(file: SecurityFile) {
  let reachMs = 0;
  const { ms, value } = timed(() => {
    const graph = buildGraph(file);
    const reach = timed(() => reachOfAll(graph));
    reachMs = reach.ms;
    const worst = worstLevels(graph);
    let ways = 0;
    for (let i = 0; i < file.elements.length; i++) {
      ways += harmPaths(graph, [{ element: i, lead: null }], 5).length;
      struckBy(graph, [i]);
    }
    for (const threat of file.threats)
      startsOfThreat(graph, threat).reduce((level, { element }) => Math.max(level, at(worst, element)), 0);
    return { reached: reach.value, ways };
  });
  return { ms, reachMs, ...value };
}

function reachOfAll(graph: Graph): number {
  const { groupOf, rows } = graph.closure();
  const sizes = rows.map((row) => row.reduce((sum, word) => sum + ones(word), 0));
  return groupOf.reduce((sum, group) => sum + at(sizes, group), 0);
}

function ones(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The peer: for each element a search of its own over a map of names. */
function plainReach({ elements, flows }: SecurityFile): number {
  const next = new Map<string, string[]>(elements.map(({ id }) => [id, []]));
  for (const { from, to, bothWays } of flows) {
    next.get(from)?.push(to);
    if (bothWays) next.get(to)?.push(from);
  }
  let reached = 0;
  for (const { id } of elements) {
    const seen = new Set([id]);
    for (const one of seen) for (const other of next.get(one) ?? []) seen.add(other);
    reached += seen.size;
  }
  return reached;
}

function largeFile(shape: "dense" | "layered", flowCount: number) {
  const random = randoms(42);
  const pick = (most: number) => Math.floor(random() * most);
  const list = <T>(length: number, make: (i: number) => T) => Array.from({ length }, (_, i) => make(i));
  const named = (id: string) => ({ id, name: `The ${id}` });
  const ends = () => {
    const [a, b] = [pick(ELEMENTS), pick(ELEMENTS)];
    return shape === "dense" ? [a, b] : [Math.min(a, b), Math.max(a, b)];
  };
  return {
    cordon: "security-file/1",
    elements: list(ELEMENTS, (i) => ({
      ...named(`e${i}`),
      kind: i % 50 === 0 ? "external-system" : "hardware",
      components: [`pkg:generic/part-${i}@1.0`],
      instances: 1 + (i % 40),
      patientsEach: i % 3 === 0 ? 1 : 0,
    })),
    ports: list(200, (i) => ({
      ...named(`p${i}`),
      element: `e${pick(ELEMENTS)}`,
      kind: "wired",
      exposed: i % 2 === 0,
    })),
    flows: list(flowCount, (i) => {
      const [from, to] = ends();
      return { ...named(`f${i}`), from: `e${from}`, to: `e${to}`, bothWays: shape === "dense" && i % 4 === 0 };
    }),
    functions: list(FUNCTIONS, (i) => ({
      ...named(`fn${i}`),
      kind: "therapy",
      elements: list(4, () => `e${pick(ELEMENTS)}`),
    })),
    hazards: list(100, (i) => ({ ...named(`hz${i}`), functions: [`fn${i % FUNCTIONS}`] })),
    situations: list(200, (i) => ({ ...named(`s${i}`), hazards: [`hz${i % 100}`], harms: [`h${i % 20}`] })),
    harms: list(20, (i) => ({
      ...named(`h${i}`),
      severity: ["catastrophic", "critical", "serious", "minor", "negligible"][i % 5],
    })),
    threats: list(THREATS, (i) => ({
      ...named(`t${i}`),
      category: "tampering",
      targets: [`e${pick(ELEMENTS)}`, `f${pick(flowCount)}`],
    })),
    controls: list(500, (i) => ({
      ...named(`c${i}`),
      state: i % 3 === 0 ? "planned" : "implemented",
      elements: list(4, () => `f${pick(flowCount)}`),
    })),
  };
}

const linksIn = ({ flows, threats, functions, controls }: SecurityFile) =>
  flows.length * 2 +
  [...threats.map((t) => t.targets), ...[...functions, ...controls].map((f) => f.elements)].flat().length;

const megabytes = (text: string) => `${(text.length / 1e6).toFixed(1)} MB`;

function timed<T>(make: () => T): { ms: number; value: T } {
  const before = process.cpuUsage();
  const value = make();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, value };
}

/** The same numbers in every run (a linear congruential generator, constants of Numerical Recipes). */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
