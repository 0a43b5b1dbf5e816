import * as z from "zod";

/** What an installation may set. Every key is in docs/configuration.md; a test holds the two together. */
export const ConfigFile = z.strictObject({
  database: z
    .strictObject({
      /** A PostgreSQL 14 or newer; without it Cordon runs its own in the data folder. */
      url: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
      urlFile: z.string().optional(),
    })
    .default({}),
  http: z
    .strictObject({
      host: z.string().default("127.0.0.1"),
      port: z.coerce.number().int().min(0).max(65_535).optional(),
      publicUrl: z.url({ protocol: /^https?$/ }).optional(),
      trustProxy: z.array(z.string()).default([]),
      requestsPerMinute: z.coerce.number().int().min(10).default(1200),
      bodyLimitBytes: z.coerce.number().int().min(10_000).max(100_000_000).default(1_000_000),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(["debug", "info", "warn", "error", "silent"]).default("info") }).prefault({}),
  metrics: z.strictObject({ tokenFile: z.string().optional() }).default({}),
  secrets: z.strictObject({ folder: z.string().optional() }).default({}),
  blobs: z.strictObject({ folder: z.string().optional(), keysFolder: z.string().optional() }).default({}),
  jobs: z.strictObject({ concurrency: z.coerce.number().int().min(1).max(32).default(2) }).prefault({}),
  ledger: z.strictObject({ checkpointEveryMinutes: z.coerce.number().int().min(1).max(59).default(5) }).prefault({}),
  mail: z
    .strictObject({
      host: z.string().min(1),
      port: z.coerce.number().int().min(1).max(65_535).optional(),
      tls: z.enum(["starttls", "implicit", "none"]).default("starttls"),
      caFile: z.string().optional(),
      user: z.string().optional(),
      passwordFile: z.string().optional(),
      from: z
        .string()
        .regex(
          /^[^<>\r\n]*<?[^<>\s@]+@[^<>\s@]+>?$/,
          "an address, or a name and an address: Cordon <cordon@hospital.example>",
        ),
    })
    .optional(),
  notices: z.strictObject({ webhookHosts: z.array(z.string().regex(/^[^\s/:]+:\d+$/)).default([]) }).prefault({}),
  intel: z
    .strictObject({
      folder: z.string().optional(),
      sourceFolders: z.array(z.string()).default([]),
      /** `osv` or `cve-list.raw` → the address of a mirror, which may be in a private network. */
      mirrors: z.record(z.string(), z.url({ protocol: /^https?$/ })).default({}),
      /** `nvd` → a file with its API key. */
      keyFiles: z.record(z.string(), z.string()).default({}),
      maxSourceGigabytes: z.coerce.number().min(0.01).max(1_000).default(20),
      /** Files with public keys (`cordon intel keys`) whose bundles may be imported. */
      bundleKeyFiles: z.array(z.string()).default([]),
    })
    .prefault({}),
  signIn: z
    .strictObject({
      providers: z
        .array(
          z.strictObject({
            id: z.string().regex(/^[a-z0-9-]{1,40}$/),
            name: z.string().min(1).max(100),
            issuer: z.url(),
            clientId: z.string().min(1),
            clientSecretFile: z.string(),
            autoJoin: z.strictObject({ organizationId: z.uuid(), role: z.string() }).optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
});
export type ConfigFile = z.infer<typeof ConfigFile>;

/** Environment variables and the key each stands for; they win over the file. */
export const VARIABLES: Record<string, readonly string[]> = {
  DATABASE_URL: ["database", "url"],
  CORDON_DATABASE_URL_FILE: ["database", "urlFile"],
  CORDON_HOST: ["http", "host"],
  CORDON_PORT: ["http", "port"],
  CORDON_PUBLIC_URL: ["http", "publicUrl"],
  CORDON_LOG_LEVEL: ["log", "level"],
  CORDON_METRICS_TOKEN_FILE: ["metrics", "tokenFile"],
  CORDON_SECRETS: ["secrets", "folder"],
};

/** Where things are, read before the file; and what only tests and the launcher read. */
export const OTHER_VARIABLES = [
  "CORDON_DATA",
  "CORDON_CONFIG",
  "CORDON_INTEL",
  "CORDON_CORPUS",
  "CORDON_CHROMIUM",
  "CORDON_API_KEY",
  "CORDON_URL",
];
