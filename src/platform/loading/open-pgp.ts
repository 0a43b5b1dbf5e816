/**
 * Why a detached OpenPGP signature (armoured or binary) by none of the keys holds for the bytes; null: one does. Never throws: what cannot
 * be read holds for nothing. The library is loaded only where a signature is looked at.
 */
export async function whyNotSigned(
  bytes: Uint8Array,
  signature: Uint8Array,
  keys: readonly Uint8Array[],
): Promise<string | null> {
  const { createMessage, readKeys, readSignature, verify } = await import("openpgp");
  const armoured = (data: Uint8Array) => data[0] === 0x2d;
  const text = (data: Uint8Array) => new TextDecoder().decode(data);
  try {
    const read = await Promise.all(
      keys.map((key) => (armoured(key) ? readKeys({ armoredKeys: text(key) }) : readKeys({ binaryKeys: key }))),
    );
    const { signatures } = await verify({
      message: await createMessage({ binary: bytes }),
      signature: armoured(signature)
        ? await readSignature({ armoredSignature: text(signature) })
        : await readSignature({ binarySignature: signature }),
      verificationKeys: read.flat(),
      format: "binary",
    });
    const results = await Promise.allSettled(signatures.map(({ verified }) => verified));
    if (results.some((result) => result.status === "fulfilled")) return null;
    const first = results.find((result) => result.status === "rejected");
    return `its signature does not hold (${first === undefined ? "it has none" : String((first.reason as Error).message)})`;
  } catch (error) {
    return `its signature cannot be read (${(error as Error).message.slice(0, 200)})`;
  }
}
