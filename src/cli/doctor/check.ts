/** One thing looked at. `why` and `fix` are for what is not ok. */
export interface Check {
  name: string;
  state: "ok" | "warn" | "bad";
  found: string;
  why?: string;
  fix?: string;
}

export const ok = (name: string, found: string): Check => ({ name, state: "ok", found });

export const warn = (name: string, found: string, why: string, fix: string): Check => ({
  name,
  state: "warn",
  found,
  why,
  fix,
});

export const bad = (name: string, found: string, why: string, fix: string): Check => ({
  name,
  state: "bad",
  found,
  why,
  fix,
});
