import pg from "pg";

const LEASE = 7_300_002;

/** A share in the running server. Whoever gives back the last one may stop it. */
export interface Lease {
  /** True when nobody else holds one; then nobody can get one any more from this server. */
  release(): Promise<boolean>;
  /** Resolves when the server went away under it. */
  lost: Promise<void>;
}

/** Held on a connection of its own, so that a killed process gives its share back at once. */
export async function takeLease(connection: pg.ClientConfig): Promise<Lease> {
  const client = new pg.Client({ ...connection, application_name: "cordon lease" });
  client.on("error", () => {});
  const lost = new Promise<void>((resolve) => client.once("end", resolve));
  await client.connect();
  await client.query("select pg_advisory_lock_shared($1)", [LEASE]);
  return { release: () => release(client), lost };
}

async function release(client: pg.Client): Promise<boolean> {
  try {
    await client.query("select pg_advisory_unlock_shared($1)", [LEASE]);
    const { rows } = await client.query<{ last: boolean }>("select pg_try_advisory_lock($1) as last", [LEASE]);
    // Not ended when last: the exclusive lock must stand until the server is gone.
    if (rows[0]?.last === true) return true;
    await client.end();
    return false;
  } catch {
    return false;
  }
}
