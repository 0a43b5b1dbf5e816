import { parsePurl } from "../../../lib/purl.ts";
import type { Component } from "../../devices/sbom/schema.ts";
import type { Cpe } from "../identity/cpe.ts";
import { purlWithSource } from "../identity/purl-source.ts";
import { keyParts, packageKey } from "../rank-index/key.ts";
import { readCpe } from "./cpe-meets.ts";
import {
  fullVersionFor,
  kernelKeys,
  type Named,
  NO_CPE,
  namedByCpe,
  namedByPurl,
  stated,
  versionFor,
  versionOfCpe,
} from "./named.ts";
import type { Rule } from "./schema.ts";

/** One thing to ask the intelligence about a component. */
export interface Question {
  key: string;
  rule: Rule;
  version: string | null;
  /** The version with the CPE name's update behind it, where it has one. Ranges are about this one. */
  fullVersion: string | null;
  /** The name that a CPE entry must meet; null for packages. */
  cpe: Cpe | null;
}

export interface Identified {
  questions: Question[];
  /** Why an identity the component carries could not be used. */
  troubles: string[];
}

/**
 * The distribution release an SBOM describes (`debian-12.5`), from its operating-system component; null when none or several.
 * Package URLs of its packages often leave the release out.
 */
export function systemOf(components: readonly Component[]): string | null {
  let only: string | null = null;
  for (const { type, name, version } of components) {
    if (type !== "operating-system" || version === null) continue;
    const system = `${name.toLowerCase()}-${version}`;
    if (only !== null && only !== system) return null;
    only = system;
  }
  return only;
}

/** What a component can be looked up by: its package URL, its CPE names, and the Linux kernel by its name. */
export function identify(component: Component, system: string | null): Identified {
  const troubles: string[] = [];
  const questions = [
    ...purlQuestions(component, system, troubles),
    ...component.cpes.flatMap((text) => cpeQuestions(text, component.version, troubles)),
  ];
  return { questions: questions.length > 0 ? questions : questionsByName(component), troubles };
}

/** What a component without a usable package URL or CPE name can be looked up by. */
export const questionsByName = (component: Component): Question[] => [
  ...kernelQuestions(component),
  ...moduleQuestions(component),
];

function purlQuestions(component: Component, system: string | null, troubles: string[]): Question[] {
  const { version } = component;
  const purl = purlWithSource(component);
  if (purl === null) return [];
  try {
    const read = parsePurl(purl);
    return questionsOf(namedByPurl(read, system), purl, read.version, version, troubles);
  } catch (error) {
    troubles.push(error instanceof Error ? error.message : "its package URL cannot be read");
    return [];
  }
}

function cpeQuestions(text: string, version: string | null, troubles: string[]): Question[] {
  const cpe = readCpe(text);
  if (cpe === null) return questionsOf(NO_CPE, text, null, version, troubles);
  return questionsOf(namedByCpe(cpe), text, versionOfCpe(cpe.version), version, troubles);
}

function questionsOf(
  named: Named,
  text: string,
  given: string | null,
  beside: string | null,
  troubles: string[],
): Question[] {
  if (named.trouble !== null) troubles.push(named.trouble(text));
  const version = versionFor(named, given, beside);
  const fullVersion = fullVersionFor(named, version);
  return named.questions.map((question) => ({ ...question, version: question.version ?? version, fullVersion }));
}

/** SBOM tools name the kernel in a few ways and often give it no identity. Its records are CPE `linux:linux_kernel`. */
function kernelQuestions({ type, name, version }: Component): Question[] {
  const kernel = type === "operating-system" || type === "firmware" || type === "platform";
  if (!kernel || !/^(linux|linux[-_ ]kernel|kernel)$/i.test(name) || !/^\d+\.\d+/.test(version ?? "")) return [];
  const cpe = readCpe("cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*");
  return kernelKeys("linux-kernel").map((key) => ({ ...key, version: stated(version), fullVersion: null, cpe }));
}

/** A Go module is named by where it lives, which nothing else is: `google.golang.org/grpc@v1.43.0`, version `v1.43.0`. */
function moduleQuestions({ name, version }: Component): Question[] {
  const [path = "", stamped = version] = name.split("@");
  const isModule =
    /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(\/[\w.~-]+)+$/i.test(path) && /^v\d+\.\d+\.\d+/.test(version ?? "");
  if (!isModule || stamped !== version) return [];
  return [{ key: packageKey("Go", path), rule: "module-name", version, fullVersion: null, cpe: null }];
}

/** A key for people: `PyPI requests`, `openssl:openssl`. */
export function describeKey(text: string): string {
  const { kind, first, second } = keyParts(text);
  if (kind === "p") return `${first} ${second}`;
  return kind === "u" ? `pkg:${first}/${second}` : `${first}:${second}`;
}
