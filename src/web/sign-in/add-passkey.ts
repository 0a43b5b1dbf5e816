import { auth } from "../api/auth.ts";

/** Asks the browser for a new passkey of the account that is signed in. False when the person or the device refused. */
export async function addPasskey(name = "This device"): Promise<boolean> {
  const answer = await auth.passkey.addPasskey({ name });
  return answer?.error === null;
}
