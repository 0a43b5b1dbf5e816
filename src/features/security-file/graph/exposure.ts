import type { Zone } from "../design/schema.ts";
import type { SecurityFile } from "../schema.ts";
import { wholesOf } from "./clinical.ts";
import { hasBit, mix } from "./closure.ts";
import { at } from "./edges.ts";
import type { Graph } from "./graph.ts";
import { reachFrom, wayTo } from "./reach.ts";
import type { Exposure } from "./schema.ts";
import { exposureSentence } from "./sentence.ts";
import type { Start } from "./starts.ts";
import { edgeSteps, startSteps } from "./steps.ts";

/** Elements as they are installed: what is one device, how many of each there are, and on how many patients each acts. */
export interface Installed {
  /** The device an element is a part of, by the lowest number of an element of it. */
  deviceOf: Int32Array;
  /** What a device is called. */
  called: ReadonlyMap<number, { id: string; name: string }>;
  /** Units of the device; of an element in it the largest number stated for it or a whole around it. */
  units: Float64Array;
  /** Patients one unit acts on, where the element or a whole around it does. */
  patientsEach: Float64Array;
  /** Elements that act on patients, by device. */
  onPatients: ReadonlyMap<number, readonly number[]>;
  /** Elements outside a device that act on something in it, by device. */
  actsOn: ReadonlyMap<number, readonly number[]>;
}

export function installedOf({ file, parents, edges }: Graph): Installed {
  const wholes = file.elements.map((_, i) => wholesOf(parents, i));
  const largest = (of: (i: number) => number) =>
    Float64Array.from(wholes, (chain) => chain.reduce((most, i) => Math.max(most, of(i)), 0));
  const units = largest((i) => file.elements[i]?.instances ?? 1);
  const { deviceOf, called } = devicesOf(file, wholes, units);
  const actsOn = new Map<number, number[]>();
  for (let edge = 0; edge < edges.to.length; edge++) {
    const device = at(deviceOf, at(edges.to, edge));
    if (at(deviceOf, at(edges.from, edge)) === device) continue;
    const known = actsOn.get(device);
    if (known === undefined) actsOn.set(device, [at(edges.from, edge)]);
    else known.push(at(edges.from, edge));
  }
  const patientsEach = largest((i) => file.elements[i]?.patientsEach ?? 0);
  const acting = [...patientsEach.keys()].filter((i) => at(patientsEach, i) > 0);
  const onPatients = Map.groupBy(acting, (i) => at(deviceOf, i));
  return { deviceOf, called, units, patientsEach, onPatients, actsOn };
}

/**
 * What is one device: all that has the same outermost whole; and, as few draw the housing, what stands in the same number in one zone
 * of the manufacturer, zones within it included.
 */
function devicesOf(file: SecurityFile, wholes: readonly number[][], units: Float64Array) {
  const zones = new Map(file.zones.map((zone) => [zone.id, zone]));
  const around = (id: string | null): Zone | undefined => {
    let zone = zones.get(id ?? "");
    if (zone?.owner !== "manufacturer") return undefined;
    for (let i = 0; i < zones.size; i++) {
      const outer = zones.get(zone.parent ?? "");
      if (outer?.owner !== "manufacturer") break;
      zone = outer;
    }
    return zone;
  };
  const first = new Map<string, number>();
  const called = new Map<number, { id: string; name: string }>();
  const deviceOf = Int32Array.from(wholes, (chain, element) => {
    // In a circle of wholes no one is outermost: the lowest number stands for all.
    const last = chain.at(-1) ?? element;
    const top = file.elements[last]?.parent === null ? last : Math.min(...chain);
    const zone = around(file.elements[top]?.zone ?? null);
    const key = zone === undefined ? `element ${top}` : `zone ${zone.id} ${at(units, top)}`;
    const device = first.get(key) ?? element;
    const isOne = !first.has(key);
    first.set(key, device);
    const named = isOne || zone === undefined ? file.elements[top] : zone;
    if (named !== undefined) called.set(device, { id: named.id, name: named.name });
    return device;
  });
  return { deviceOf, called };
}

/** Devices and patients by device, of what whoever holds these elements gets a hold on. */
export interface Struck {
  device: number;
  /** The element through which most patients are reached. */
  element: number;
  devices: number;
  patients: number;
}

/**
 * What one compromise does to patients (FDA, multi-patient harm view). A compromise stays in its own unit of a device unless its way
 * leaves the device and comes back from outside: then all units count, as nobody says which of them are out of reach.
 */
export function struckBy(graph: Graph, starts: readonly number[]): Struck[] {
  const { deviceOf } = graph.installed();
  const row = reachedRow(graph, starts);
  const group = at(graph.closure().groupOf, starts[0] ?? 0);
  const isOne = starts.every((start) => at(graph.closure().groupOf, start) === group);
  const all = (isOne ? graph.struck.get(group) : undefined) ?? sorted(strikeAll(graph, row));
  if (isOne) graph.struck.set(group, all);
  const own = new Set(starts.map((start) => at(deviceOf, start)));
  const others = all.filter(({ device }) => !own.has(device));
  const alone = [...own].flatMap((device) => strike(graph, row, device, comesBack(graph, row, device)) ?? []);
  return sorted([...others, ...alone]);
}

const sorted = (struck: Struck[]): Struck[] => struck.sort((a, b) => b.patients - a.patients || a.device - b.device);

const strikeAll = (graph: Graph, row: Uint32Array): Struck[] =>
  [...graph.installed().onPatients.keys()].flatMap((device) => strike(graph, row, device, row) ?? []);

/** What is struck of one device: all its units where it is reached from outside (`back`), else one. Null: no patient. */
function strike(graph: Graph, row: Uint32Array, device: number, back: Uint32Array | null): Struck | null {
  const { units, patientsEach, onPatients } = graph.installed();
  let struck: Struck | null = null;
  for (const element of onPatients.get(device) ?? []) {
    if (!hasBit(row, element)) continue;
    const devices = back !== null && hasBit(back, element) ? (units[element] ?? 0) : 1;
    const patients = devices * (patientsEach[element] ?? 0);
    if (struck === null) struck = { device, element, devices, patients };
    else {
      if (patients > struck.patients) Object.assign(struck, { element, patients });
      struck.devices = Math.max(struck.devices, devices);
    }
  }
  return struck;
}

function reachedRow(graph: Graph, starts: readonly number[]): Uint32Array {
  const { groupOf, rows } = graph.closure();
  const groups = [...new Set(starts.map((start) => at(groupOf, start)))];
  const row = new Uint32Array((graph.passes.length + 31) >>> 5);
  for (const group of groups) mix(row, rows[group]);
  return row;
}

/** What is reached of a device from those outside it that are reached. Null: nothing comes back. */
function comesBack(graph: Graph, row: Uint32Array, device: number): Uint32Array | null {
  const { groupOf, rows } = graph.closure();
  const { actsOn } = graph.installed();
  const groups = new Set<number>();
  for (const outside of actsOn.get(device) ?? [])
    if (hasBit(row, outside) && graph.passes[outside] === 1) groups.add(at(groupOf, outside));
  if (groups.size === 0) return null;
  if (groups.size === 1) return rows[[...groups][0] ?? 0] ?? null;
  const back = new Uint32Array(row.length);
  for (const group of groups) mix(back, rows[group]);
  return back;
}

/** How far one compromise goes, with a way to each device it reaches. */
export function exposureOf(graph: Graph, from: string, starts: readonly Start[], most = 50): Exposure {
  const numbers = starts.map(({ element }) => element);
  const reached = reachFrom(graph, numbers);
  const struck = struckBy(graph, numbers);
  const { units, called } = graph.installed();
  const on = struck.slice(0, most).map(({ device, element, devices, patients }) => {
    const way = wayTo(graph, reached, element);
    const origin = way[0] === undefined ? element : at(graph.edges.from, way[0]);
    const lead = starts.find((start) => start.element === origin)?.lead ?? null;
    const { id = "", name = "" } = called.get(device) ?? {};
    return { id, name, devices, patients, steps: [...startSteps(graph, origin, lead), ...edgeSteps(graph, way)] };
  });
  const isPerson = numbers.length === 1 && graph.passes[numbers[0] ?? 0] === 0;
  const devices = struck.reduce((sum, one) => sum + one.devices, 0);
  const patients = struck.reduce((sum, one) => sum + one.patients, 0);
  return {
    elements: reached.order.length,
    devices,
    patients,
    units: numbers.reduce((sum, element) => Math.max(sum, at(units, element)), 0),
    sentence: exposureSentence(isPerson ? `Whoever acts as ${from}` : `One compromised ${from}`, {
      devices,
      patients,
      on,
    }),
    on,
  };
}
