import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const STORED =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;
/** A stored string never makes us spend more than this, however it got there. */
const MOST = { memory: 1_048_576, passes: 10, parallelism: 4 };

/** The password as a PHC string, `$argon2id$v=19$m=19456,t=2,p=1$salt$tag`. Unicode in NFKC (NIST SP 800-63B 5.1.1.2). */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive("argon2id", { message: bytesOf(password), nonce, ...COST });
  const { memory, passes, parallelism } = COST;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`;
}

/** True when the password made that string. False for any string that is no argon2id PHC string. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  const [, m, t, p, salt = "", tag = ""] = STORED.exec(stored) ?? [];
  const cost = { memory: Number(m), passes: Number(t), parallelism: Number(p) };
  if (tag === "" || cost.memory > MOST.memory || cost.passes > MOST.passes || cost.parallelism > MOST.parallelism)
    return false;
  const expected = Buffer.from(tag, "base64");
  const nonce = Buffer.from(salt, "base64");
  const given = await derive("argon2id", { message: bytesOf(password), nonce, tagLength: expected.length, ...cost });
  return timingSafeEqual(given, expected);
}

const bytesOf = (password: string) => Buffer.from(password.normalize("NFKC"), "utf8");
const unpadded = (bytes: Buffer) => bytes.toString("base64").replaceAll("=", "");
