import { randomUUID } from "node:crypto";
import type pg from "pg";
import { hashPassword } from "./password.ts";

export interface Account {
  userId: string;
  name: string;
  email: string;
}

export interface AccountSecrets {
  password: boolean;
  totp: boolean;
  passkeys: { id: string; name: string; createdAt: Date | null }[];
  signOn: string[];
}

export async function accountByEmail(pool: pg.Pool, email: string): Promise<Account | null> {
  const { rows } = await pool.query<Account>(
    'select "id" as "userId", "name", "email" from auth."user" where "email" = $1',
    [email.toLowerCase()],
  );
  return rows[0] ?? null;
}

export async function accountById(pool: pg.Pool, userId: string): Promise<Account | null> {
  const { rows } = await pool.query<Account>(
    'select "id" as "userId", "name", "email" from auth."user" where "id" = $1',
    [userId],
  );
  return rows[0] ?? null;
}

/** The account with this e-mail address, made when there is none. It has no way to sign in until it gets one. */
export async function ensureAccount(pool: pg.Pool, email: string, name: string): Promise<Account> {
  await pool.query(
    `insert into auth."user" ("id", "name", "email", "emailVerified") values ($1, $2, $3, false) on conflict ("email") do nothing`,
    [randomUUID(), name, email.toLowerCase()],
  );
  const account = await accountByEmail(pool, email);
  if (account === null) throw new Error("the account just made is gone");
  return account;
}

/** Sets the first password of an account. False when it has one: changing it needs the old one. */
export async function setFirstPassword(pool: pg.Pool, userId: string, password: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into auth."account" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
     values ($1, $2::uuid::text, 'credential', $2::uuid, $3, now()) on conflict ("providerId", "accountId") do nothing`,
    [randomUUID(), userId, await hashPassword(password)],
  );
  return rowCount === 1;
}

/** Takes away all that an account signs in with here (links to sign-on providers stay) and ends its sessions. */
export async function clearSecrets(pool: pg.Pool, userId: string): Promise<void> {
  await pool.query(
    `with passwords as (delete from auth."account" where "userId" = $1 and "providerId" = 'credential'),
          passkeys as (delete from auth."passkey" where "userId" = $1),
          codes as (delete from auth."twoFactor" where "userId" = $1),
          sessions as (delete from auth."session" where "userId" = $1)
     update auth."user" set "twoFactorEnabled" = false, "updatedAt" = now() where "id" = $1`,
    [userId],
  );
}

/** How an account can sign in, without the secrets themselves. */
export async function accountSecrets(pool: pg.Pool, userId: string): Promise<AccountSecrets> {
  const [accounts, passkeys, totp] = await Promise.all([
    pool.query<{ providerId: string }>('select "providerId" from auth."account" where "userId" = $1', [userId]),
    pool.query<{ id: string; name: string; createdAt: Date | null }>(
      `select "id", coalesce("name", '') as "name", "createdAt" from auth."passkey" where "userId" = $1 order by "createdAt"`,
      [userId],
    ),
    pool.query('select from auth."user" where "id" = $1 and "twoFactorEnabled"', [userId]),
  ]);
  const providers = accounts.rows.map((row) => row.providerId);
  return {
    password: providers.includes("credential"),
    totp: totp.rowCount === 1,
    passkeys: passkeys.rows,
    signOn: providers.filter((provider) => provider !== "credential").sort(),
  };
}

export const canSignIn = ({ password, passkeys, signOn }: AccountSecrets): boolean =>
  password || passkeys.length > 0 || signOn.length > 0;
