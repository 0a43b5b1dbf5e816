import { isTimeZone } from "../../../lib/time-zone.ts";

/** Names that Outlook and Exchange write, as Unicode's CLDR maps them (windowsZones), of the zones that meetings are usually held in. */
const WINDOWS: Readonly<Record<string, string>> = {
  "Alaskan Standard Time": "America/Anchorage",
  "Arab Standard Time": "Asia/Riyadh",
  "Arabian Standard Time": "Asia/Dubai",
  "Atlantic Standard Time": "America/Halifax",
  "AUS Eastern Standard Time": "Australia/Sydney",
  "Canada Central Standard Time": "America/Regina",
  "Central Europe Standard Time": "Europe/Budapest",
  "Central European Standard Time": "Europe/Warsaw",
  "Central Standard Time": "America/Chicago",
  "China Standard Time": "Asia/Shanghai",
  "E. Australia Standard Time": "Australia/Brisbane",
  "E. South America Standard Time": "America/Sao_Paulo",
  "Eastern Standard Time": "America/New_York",
  "FLE Standard Time": "Europe/Kiev",
  "GMT Standard Time": "Europe/London",
  "Greenwich Standard Time": "Atlantic/Reykjavik",
  "GTB Standard Time": "Europe/Bucharest",
  "Hawaiian Standard Time": "Pacific/Honolulu",
  "India Standard Time": "Asia/Calcutta",
  "Israel Standard Time": "Asia/Jerusalem",
  "Korea Standard Time": "Asia/Seoul",
  "Mountain Standard Time": "America/Denver",
  "New Zealand Standard Time": "Pacific/Auckland",
  "Newfoundland Standard Time": "America/St_Johns",
  "Pacific Standard Time": "America/Los_Angeles",
  "Romance Standard Time": "Europe/Paris",
  "Russian Standard Time": "Europe/Moscow",
  "SA Pacific Standard Time": "America/Bogota",
  "Singapore Standard Time": "Asia/Singapore",
  "South Africa Standard Time": "Africa/Johannesburg",
  "Taipei Standard Time": "Asia/Taipei",
  "Tokyo Standard Time": "Asia/Tokyo",
  "Turkey Standard Time": "Europe/Istanbul",
  "US Mountain Standard Time": "America/Phoenix",
  "W. Australia Standard Time": "Australia/Perth",
  "W. Europe Standard Time": "Europe/Berlin",
};

/** The IANA zone a TZID names: by itself, below the prefix of a registry (RFC 5545, 3.2.19), or as Windows calls it; null for any other. */
export function zoneOf(tzid: string): string | null {
  const below = /^\/[^/]+\/(?:\d[^/]*\/)?(.+)$/.exec(tzid)?.[1];
  return [tzid, below, WINDOWS[tzid]].find((name) => name !== undefined && isTimeZone(name)) ?? null;
}
