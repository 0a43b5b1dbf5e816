import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { tarOf } from "../../../../tests/support/archives.ts";
import { json, sourceWorld } from "../../../../tests/support/source-world.ts";

const world = sourceWorld();
const { load, put, paths } = world;

const osv = (id: string) => ({
  id,
  modified: "2026-11-01T00:00:00Z",
  affected: [{ package: { ecosystem: "npm", name: "a" }, versions: ["1"] }],
});

test("a repository on GitHub: the archive, then the changed files, then nothing while the head stays", async () => {
  const [one, two, three] = ["1", "2", "3"].map((digit) => digit.repeat(40)) as [string, string, string];
  const repository = "pypa/advisory-database";
  const pypa = load("pypa", { key: "token" });
  const vuln = (id: string) =>
    `id: ${id}\nmodified: "2026-11-01T00:00:00Z"\naffected:\n- package: {ecosystem: PyPI, name: a}\n  versions: ["1"]\n`;
  put("pypa", `api/repos/${repository}/commits/main`, one);
  put(
    "pypa",
    `archive/${repository}/tar.gz/${one}`,
    gzipSync(await tarOf({ "x/README.md": "# Read me", "x/vulns/a/PYSEC-1.yaml": vuln("PYSEC-1") })),
  );
  await pypa.visit();
  expect(await pypa.ids()).toEqual(["PYSEC-1"]);
  expect(world.server.asked[0]?.headers.authorization).toBe("Bearer token");
  await pypa.visit();
  expect(world.server.asked).toHaveLength(3);

  put("pypa", `api/repos/${repository}/commits/main`, two);
  const files = [
    { filename: "vulns/b/PYSEC-2.yaml", status: "added" },
    { filename: "README.md", status: "modified" },
  ];
  put("pypa", `api/repos/${repository}/compare/${one}...${two}`, { status: "ahead", files });
  put("pypa", `raw/${repository}/${two}/vulns/b/PYSEC-2.yaml`, vuln("PYSEC-2"));
  await pypa.visit();
  expect(await pypa.ids()).toEqual(["PYSEC-1", "PYSEC-2"]);

  put("pypa", `api/repos/${repository}/commits/main`, three);
  put("pypa", `api/repos/${repository}/compare/${two}...${three}`, {
    status: "ahead",
    files: [{ filename: "vulns/a/PYSEC-1.yaml", status: "removed" }],
  });
  put(
    "pypa",
    `archive/${repository}/tar.gz/${three}`,
    gzipSync(await tarOf({ "x/vulns/b/PYSEC-2.yaml": vuln("PYSEC-2") })),
  );
  await pypa.visit();
  expect(await pypa.ids()).toEqual(["PYSEC-2"]);
});

test("a repository's archive that was cut where it is packed is not taken, however much of it can be read", async () => {
  const [one, two] = ["4", "5"].map((digit) => digit.repeat(40)) as [string, string];
  const repository = "pypa/advisory-database";
  const pypa = load("pypa");
  const files = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `x/vulns/a/PYSEC-${i}.yaml`,
        `id: PYSEC-${i}\nmodified: "2026-11-01T00:00:00Z"\naffected:\n- package: {ecosystem: PyPI, name: a}\n  versions: ["1"]\n`,
      ]),
    );
  put("pypa", `api/repos/${repository}/commits/main`, one);
  put("pypa", `archive/${repository}/tar.gz/${one}`, gzipSync(await tarOf(files(300))));
  await pypa.visit();
  const whole = await tarOf(files(400));
  put("pypa", `api/repos/${repository}/commits/main`, two);
  put("pypa", `archive/${repository}/tar.gz/${two}`, gzipSync(whole.subarray(0, Math.floor(whole.length * 0.9) + 100)));
  await pypa.visit();
  expect(pypa.state.failure?.reason).toMatch(/is damaged after 3\d\d records/);
  expect(await pypa.ids()).toHaveLength(300);
});

test("GitHub's advisories: only reviewed ones are kept; one that is reviewed now moved here and is one file more", async () => {
  const [one, two, three] = ["6", "7", "8"].map((digit) => digit.repeat(40)) as [string, string, string];
  const repository = "github/advisory-database";
  const loader = load("github-advisories");
  const path = (kind: string, id: string) => `advisories/${kind}/2026/11/${id}/${id}.json`;
  put("github-advisories", `api/repos/${repository}/commits/main`, one);
  put(
    "github-advisories",
    `archive/${repository}/tar.gz/${one}`,
    gzipSync(
      await tarOf({
        [`x/${path("github-reviewed", "GHSA-1")}`]: json(osv("GHSA-1")),
        [`x/${path("unreviewed", "GHSA-2")}`]: json(osv("GHSA-2")),
      }),
    ),
  );
  await loader.visit();
  expect(await loader.ids()).toEqual(["GHSA-1"]);
  expect(loader.state.documents).toMatchObject([{ records: 1 }]);

  put("github-advisories", `api/repos/${repository}/commits/main`, two);
  put("github-advisories", `api/repos/${repository}/compare/${one}...${two}`, {
    status: "ahead",
    files: [
      {
        filename: path("github-reviewed", "GHSA-2"),
        previous_filename: path("unreviewed", "GHSA-2"),
        status: "renamed",
      },
      { filename: path("unreviewed", "GHSA-3"), status: "removed" },
    ],
  });
  put("github-advisories", `raw/${repository}/${two}/${path("github-reviewed", "GHSA-2")}`, osv("GHSA-2"));
  await loader.visit();
  expect(loader.state.failure).toBeNull();
  expect(await loader.ids()).toEqual(["GHSA-1", "GHSA-2"]);
  expect(paths().filter((asked) => asked.includes("tar.gz"))).toHaveLength(1);

  put("github-advisories", `api/repos/${repository}/commits/main`, three);
  put("github-advisories", `api/repos/${repository}/compare/${two}...${three}`, {
    status: "ahead",
    files: [
      {
        filename: path("unreviewed", "GHSA-1"),
        previous_filename: path("github-reviewed", "GHSA-1"),
        status: "renamed",
      },
    ],
  });
  put(
    "github-advisories",
    `archive/${repository}/tar.gz/${three}`,
    gzipSync(await tarOf({ [`x/${path("github-reviewed", "GHSA-2")}`]: json(osv("GHSA-2")) })),
  );
  await loader.visit();
  expect(await loader.ids()).toEqual(["GHSA-2"]);
});
