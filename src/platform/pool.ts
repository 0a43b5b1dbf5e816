import pg from "pg";

const INT8 = 20;
const DATE = 1082;

/** `bigint` as number (counts and sequences stay below 2^53), `date` as its text: a Date would move it across time zones. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) => {
    if (format !== "binary" && id === INT8) return Number;
    if (format !== "binary" && id === DATE) return (text: string) => text;
    return pg.types.getTypeParser(id, format);
  },
};

/** A connection pool that survives the loss of an idle connection; `onError` hears of it. */
export function createPool(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ types, application_name: "cordon", ...config });
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}
