import type { Scheme } from "../schema.ts";
import { apk } from "./apk.ts";
import { deb } from "./deb.ts";
import { generic } from "./generic.ts";
import { maven } from "./maven.ts";
import { none } from "./none.ts";
import { numbers } from "./numbers.ts";
import { packagist } from "./packagist.ts";
import { pypi } from "./pypi.ts";
import { rpm } from "./rpm.ts";
import { rubygems } from "./rubygems.ts";
import type { Sign } from "./scan.ts";
import { nuget, pub, semver } from "./semver.ts";

interface Order {
  compare: (a: string, b: string) => Sign;
  parses: (version: string) => boolean;
}

const ORDERS: Record<Scheme, Order> = {
  semver,
  npm: semver,
  go: semver,
  cargo: semver,
  pub,
  nuget,
  pypi,
  maven,
  rubygems,
  packagist,
  deb,
  rpm,
  apk,
  numbers,
  linux: generic,
  openssl: generic,
  generic,
  none,
};

/** -1 when `a` is older, 1 when newer, 0 when the scheme takes them for the same. Total over any text; never throws. */
export function compareVersions(scheme: Scheme, a: string, b: string): Sign {
  return ORDERS[scheme].compare(a, b);
}

/** Whether the text is a version under the scheme, so that its place in a range means something; a commit hash is not. */
export function isOrdered(scheme: Scheme, version: string): boolean {
  return ORDERS[scheme].parses(version);
}
