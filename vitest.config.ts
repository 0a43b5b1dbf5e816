import { defineConfig } from "vitest/config";

/** Four projects: `unit` needs nothing, `store` a PostgreSQL, `web` a built page in Chromium without a server, `e2e` both. */
const project = (name: string, include: string[], timeoutMs: number, globalSetup: string[] = []) => ({
  test: {
    name,
    include,
    globalSetup,
    testTimeout: timeoutMs,
    hookTimeout: 2 * timeoutMs,
    pool: "forks" as const,
    // A busy machine takes longer than the second that a poll waits by default.
    expect: { poll: { timeout: 15_000 } },
  },
});
const postgres = ["tests/store/setup.ts"];

export default defineConfig({
  test: {
    projects: [
      project("unit", ["src/**/*.test.ts", "tests/*.test.ts", "tests/cli/**/*.test.ts"], 30_000),
      project("corpus", ["tests/corpus/**/*.test.ts"], 300_000),
      project("store", ["tests/store/**/*.test.ts"], 60_000, postgres),
      project("web", ["tests/web/**/*.test.ts"], 60_000),
      project("e2e", ["tests/e2e/**/*.test.ts"], 120_000, postgres),
    ],
  },
});
