/** The part of oidc-provider (which ships no types) that the tests use. */
declare module "oidc-provider" {
  import type { Server } from "node:http";
  // biome-ignore lint/style/noDefaultExport: that is how the package exports it
  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    listen(port: number, host: string): Server;
    on(event: string, listener: (...args: unknown[]) => void): this;
  }
}
