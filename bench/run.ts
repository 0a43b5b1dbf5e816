/** `npm run bench [name…]`: each file here that exports `run` is a benchmark; what it measured stands in a table. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

interface Measurement {
  name: string;
  value: number;
  unit: string;
  /** What the house promises; a measurement without one is there to compare with. */
  limit?: number;
  /** The same for what should be large. */
  atLeast?: number;
}

const asked = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -".ts".length));
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}; there are ${names.join(", ")}`);
  process.exit(2);
}

let missed = 0;
for (const name of asked.length > 0 ? asked : names) {
  const benchmark: { run?: () => Promise<Measurement[]> } = await import(join(import.meta.dirname, `${name}.ts`));
  if (benchmark.run === undefined) continue;
  console.log(`\n${name}`);
  for (const { name: what, value, unit, limit, atLeast } of await benchmark.run()) {
    const isOver = limit !== undefined && value > limit;
    const isUnder = atLeast !== undefined && value < atLeast;
    const promise =
      limit !== undefined
        ? `  ${isOver ? "OVER" : "within"} ${limit} ${unit}`
        : atLeast !== undefined
          ? `  ${isUnder ? "UNDER" : "at least"} ${atLeast} ${unit}`
          : "";
    if (isOver || isUnder) missed++;
    console.log(`  ${what.padEnd(56)} ${format(value).padStart(10)} ${unit}${promise}`);
  }
}
process.exitCode = missed === 0 ? 0 : 1;

function format(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : 0 });
}
