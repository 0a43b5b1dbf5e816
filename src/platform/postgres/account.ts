import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Fault } from "../../lib/fault.ts";

/** The operating-system account PostgreSQL runs under when Cordon itself runs as root: PostgreSQL refuses root. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const CHOICES = ["cordon", "postgres", "nobody"];

/** Null when Cordon is not root: then PostgreSQL runs as the same person. Fault `unavailable` when no account fits. */
export function unprivilegedAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const account = pickAccount(readFileSync("/etc/passwd", "utf8"));
  if (account === null)
    throw new Fault(
      "unavailable",
      `PostgreSQL must not run as root, and none of the accounts ${CHOICES.join(", ")} exists`,
      {
        fix: "Create an account named cordon, or start Cordon as an ordinary user, or set DATABASE_URL",
      },
    );
  return account;
}

export function pickAccount(passwd: string): Account | null {
  const rows = passwd.split("\n").map((line) => line.split(":"));
  for (const name of CHOICES) {
    const row = rows.find((candidate) => candidate[0] === name);
    const [uid, gid] = [Number(row?.[2]), Number(row?.[3])];
    if (uid > 0 && gid > 0) return { name, uid, gid };
  }
  return null;
}

export const asAccount = (account: Account | null) => (account === null ? {} : { uid: account.uid, gid: account.gid });

/** Whether the account may pass through the folder and everything above it. */
export function canEnter(account: Account | null, folder: string): boolean {
  return spawnSync("test", ["-x", folder], { ...asAccount(account), cwd: "/", timeout: 5000 }).status === 0;
}
