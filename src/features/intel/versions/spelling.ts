/**
 * The version as its records write it, where a maker's archives write it as one number: SQLite's 3320300 is 3.32.3
 * (sqlite.org/versionnumbers.html). Any other version is returned as it is.
 */
export function usualVersion(product: string, version: string): string {
  if (!/^sqlite3?$/i.test(product)) return version;
  const [, major, minor, release, patch] = /^([34])(\d\d)(\d\d)(\d\d)$/.exec(version) ?? [];
  if (major === undefined) return version;
  const numbers = [major, minor, release, ...(patch === "00" ? [] : [patch])].map(Number);
  return numbers.join(".");
}
