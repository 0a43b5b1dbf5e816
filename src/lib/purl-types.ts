/** Rules of the registered purl types (package-url/purl-spec, type definitions of 2026-08), as data. */

export type PurlPart = "namespace" | "name" | "version";

export interface PurlType {
  namespace: "required" | "optional" | "prohibited";
  /** Parts without case: written lower-case. */
  fold?: readonly PurlPart[];
  /** Parts written upper-case. */
  raise?: readonly PurlPart[];
  /** What a part must look like, where the definition restricts it. */
  pattern?: Partial<Record<PurlPart, RegExp>>;
  /** Qualifiers without which the name means nothing. */
  needs?: readonly string[];
  /** Further spelling of the name, after case. */
  name?: (name: string, qualifiers: Readonly<Record<string, string>>, namespace: string | null) => string;
  /** The namespace is one segment and the name has all others. */
  pathInName?: true;
}

const path: PurlType = { namespace: "required", fold: ["namespace", "name"] };
const flat: PurlType = { namespace: "prohibited" };
const flatFolded: PurlType = { namespace: "prohibited", fold: ["name"] };
const open: PurlType = { namespace: "optional" };

export const PURL_TYPES: Readonly<Record<string, PurlType>> = {
  alpm: path,
  apk: path,
  bazel: flat,
  bitbucket: path,
  bitnami: flatFolded,
  brew: { namespace: "optional", fold: ["namespace", "name"] },
  cargo: flat,
  "chrome-extension": {
    namespace: "prohibited",
    fold: ["name"],
    pattern: { name: /^[a-p]{32}$/, version: /^\d+(\.\d+){0,3}$/ },
  },
  cocoapods: { namespace: "prohibited", pattern: { name: /^[^.\s+][^\s+]*$/ } },
  composer: path,
  conan: open,
  conda: flat,
  cpan: { namespace: "optional", raise: ["namespace"], pattern: { name: /^(?!.*::)/s } },
  cran: flat,
  deb: path,
  docker: open,
  gem: flat,
  generic: open,
  git: {
    namespace: "required",
    pathInName: true,
    name: (name, _, namespace) => (/^github(\.com)?$/i.test(namespace ?? "") ? name.toLowerCase() : name),
  },
  github: path,
  golang: { namespace: "required" },
  hackage: flat,
  hex: { namespace: "optional", fold: ["namespace", "name"] },
  huggingface: { namespace: "required", fold: ["version"] },
  julia: { namespace: "prohibited", needs: ["uuid"] },
  luarocks: { namespace: "optional", fold: ["namespace", "name"] },
  maven: { namespace: "required" },
  mlflow: {
    namespace: "prohibited",
    name: (name, qualifiers) =>
      (qualifiers.repository_url ?? "").includes("azuredatabricks") ? name.toLowerCase() : name,
  },
  npm: open,
  nuget: flat,
  oci: { namespace: "prohibited", fold: ["name", "version"] },
  opam: flat,
  otp: flatFolded,
  pub: { namespace: "prohibited", fold: ["name"], name: (name) => name.replace(/[^a-z0-9_]/g, "_") },
  pypi: { namespace: "prohibited", fold: ["name", "version"], name: (name) => name.replaceAll("_", "-") },
  qpkg: { namespace: "required", fold: ["namespace"] },
  rpm: { namespace: "required", fold: ["namespace"] },
  swid: { namespace: "optional", needs: ["tag_id"] },
  swift: { namespace: "required" },
  vcpkg: flat,
  "vscode-extension": { namespace: "required", fold: ["namespace", "name", "version"] },
  yocto: { namespace: "optional", fold: ["namespace"] },
};
