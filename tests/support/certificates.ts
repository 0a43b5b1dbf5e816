import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A key and a certificate, in PEM, as a server is given them. */
interface Certificate {
  key: string;
  cert: string;
  issuing: { name: Buffer; privateKey: KeyObject };
}

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const TRUE = der(0x01, Buffer.from([0xff]));
const bits = (bytes: Uint8Array) => der(0x03, Buffer.from([0]), bytes);
const time = (at: number) => der(0x17, Buffer.from(`${new Date(at).toISOString().replace(/\D/g, "").slice(2, 14)}Z`));

const ECDSA_SHA256 = sequence(oid("2a8648ce3d040302"));
const commonName = (text: string) => sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(text)))));
const authority = sequence(oid("551d13"), TRUE, der(0x04, sequence(TRUE)));
const address = (ip: string) =>
  sequence(oid("551d11"), der(0x04, sequence(der(0x87, Buffer.from(ip.split(".").map(Number))))));

const DAY_MS = 86_400_000;

/**
 * A certificate of an authority (`ip` null), or of the server at an address, by an authority or by itself (X.509, RFC 5280): as many
 * of its fields as a client checks.
 */
export function certificate(
  name: string,
  {
    ip = null,
    by = null,
    endsAt = Date.now() + DAY_MS,
  }: { ip?: string | null; by?: Certificate | null; endsAt?: number },
): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const subject = commonName(name);
  const issuer = by?.issuing ?? { name: subject, privateKey };
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(15)),
    ECDSA_SHA256,
    issuer.name,
    sequence(time(endsAt - 30 * DAY_MS), time(endsAt)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(ip === null ? authority : address(ip))),
  );
  const bytes = sequence(signed, ECDSA_SHA256, bits(sign("sha256", signed, issuer.privateKey)));
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    issuing: { name: subject, privateKey },
  };
}
