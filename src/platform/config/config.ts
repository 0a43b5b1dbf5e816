import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { Fault } from "../../lib/fault.ts";
import { nearest } from "../../lib/nearest.ts";
import { dataFolder } from "../data-folder.ts";
import { secretFile } from "../secrets.ts";
import { configFault, readYaml } from "./read-file.ts";
import { ConfigFile, OTHER_VARIABLES, VARIABLES } from "./schema.ts";

/** A checked configuration: the file, the environment over it, and where things are. Holds no secret: those are read where used. */
export interface Config extends ConfigFile {
  dataFolder: string;
  secretsFolder: string;
  /** Null when there is none. */
  file: string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Fault `bad_configuration` names the wrong key, its line or variable, and the nearest known key. */
export function readConfig(environment: Environment): Config {
  const folder = resolve(dataFolder(environment));
  const path = environment.CORDON_CONFIG ?? join(folder, "cordon.yaml");
  const file = environment.CORDON_CONFIG !== undefined || existsSync(path) ? path : null;
  const yaml = readYaml(file === null ? "" : readText(file), file ?? "cordon.yaml");
  const variables = variablesIn(environment);
  const merged = variables.reduce<unknown>((value, { path: key, text }) => setIn(value, key, text), yaml.value);
  const parsed = ConfigFile.safeParse(merged);
  if (!parsed.success)
    throw configFault(parsed.error, KNOWN_KEYS, (key) => {
      const variable = variables.find((one) => one.path.join(".") === key.join("."));
      const line = yaml.lineOf(key);
      return variable?.name ?? (line === null ? (file ?? key.join(".")) : `${file}:${line}`);
    });
  const secretsFolder = resolve(parsed.data.secrets.folder ?? join(folder, "secrets"));
  return { ...parsed.data, dataFolder: folder, secretsFolder, file };
}

/** Others may pass through (PostgreSQL's account must), not look in; secrets and the cluster are closed to all but their owner. */
export function makeDataFolder({ dataFolder }: Config): void {
  mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
  if (!statSync(dataFolder).isDirectory())
    throw new Fault("bad_configuration", "The data folder is a file", { at: dataFolder });
}

/** Signs cookies and encrypts one-time-password seeds. Made once; whoever has it can forge sessions. */
export const sessionSecret = ({ secretsFolder }: Config): string =>
  secretFile(join(secretsFolder, "session"), () => randomBytes(48).toString("base64url")).trim();

/** A secret the operator keeps in a file, without its last line end. */
export const secretIn = (path: string): string => {
  if (!existsSync(path)) throw new Fault("bad_configuration", "There is no such file", { at: path });
  return secretFile(path, () => "").trim();
};

/** The URL may hold a password: it can come from a file of its own instead of from the configuration. */
export const databaseUrlOf = ({ database }: Config): string | undefined =>
  database.urlFile === undefined ? database.url : secretIn(database.urlFile);

function variablesIn(environment: Environment): { name: string; path: readonly string[]; text: string }[] {
  const known = [...Object.keys(VARIABLES), ...OTHER_VARIABLES];
  const unknown = Object.keys(environment).find((name) => name.startsWith("CORDON_") && !known.includes(name));
  if (unknown !== undefined) {
    const guess = nearest(unknown, known);
    const fix = guess === null ? `Known variables: ${known.join(", ")}` : `Did you mean ${guess}?`;
    throw new Fault("bad_configuration", `There is no variable ${unknown}`, { at: unknown, fix });
  }
  return Object.entries(VARIABLES).flatMap(([name, path]) => {
    const text = environment[name];
    return text === undefined || text === "" ? [] : [{ name, path, text }];
  });
}

function setIn(value: unknown, [key = "", ...rest]: readonly string[], text: string): unknown {
  const object = typeof value === "object" && value !== null ? value : {};
  const inner = Object.entries(object).find(([name]) => name === key)?.[1];
  return { ...object, [key]: rest.length === 0 ? text : setIn(inner, rest, text) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Fault("bad_configuration", "The configuration file cannot be read", { at: path, cause });
  }
}

/** `http.port`, `signIn.providers`, … */
export const KNOWN_KEYS: readonly string[] = keysOf(z.toJSONSchema(ConfigFile, { io: "input" }), "");

function keysOf(schema: unknown, prefix: string): string[] {
  const properties = typeof schema === "object" && schema !== null && "properties" in schema ? schema.properties : null;
  if (typeof properties !== "object" || properties === null) return [prefix];
  return Object.entries(properties).flatMap(([name, inner]) =>
    keysOf(inner, prefix === "" ? name : `${prefix}.${name}`),
  );
}
