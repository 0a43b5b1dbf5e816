import { createHmac, timingSafeEqual } from "node:crypto";
import { Fault } from "../../../lib/fault.ts";

/**
 * How deliveries are signed: as the Standard Webhooks specification 1.0 has it, for which receivers have libraries. HMAC-SHA256 by
 * the secret's bytes over `id.timestamp.body`, in base64. Receivers refuse a timestamp more than five minutes off (replay), and an
 * id they have seen.
 */
export const SECRET_PREFIX = "whsec_";
export const REPLAY_WINDOW_S = 300;

export interface SignedHeaders {
  "webhook-id": string;
  "webhook-timestamp": string;
  "webhook-signature": string;
}

export function signDelivery(secret: string, id: string, body: string, at: Date): SignedHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${mac(secret, id, timestamp, body).toString("base64")}`,
  };
}

/** What a receiver does. Fault `tampered` says which check failed. */
export function checkDelivery(secret: string, headers: Partial<SignedHeaders>, body: string, now: Date): void {
  const { "webhook-id": id = "", "webhook-timestamp": timestamp = "", "webhook-signature": signature = "" } = headers;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now.getTime() / 1000 - Number(timestamp)) > REPLAY_WINDOW_S)
    throw new Fault("tampered", "The delivery is too old or from the future", { at: "webhook-timestamp" });
  const expected = mac(secret, id, timestamp, body);
  const given = signature
    .split(" ")
    .flatMap((one) => (one.startsWith("v1,") ? [Buffer.from(one.slice(3), "base64")] : []));
  if (!given.some((one) => one.length === expected.length && timingSafeEqual(one, expected)))
    throw new Fault("tampered", "The signature is not of this body", { at: "webhook-signature" });
}

const mac = (secret: string, id: string, timestamp: string, body: string): Buffer =>
  createHmac("sha256", Buffer.from(secret.slice(SECRET_PREFIX.length), "base64"))
    .update(`${id}.${timestamp}.${body}`)
    .digest();
