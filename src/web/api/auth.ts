import { passkeyClient } from "@better-auth/passkey/client";
import { createAuthClient } from "better-auth/client";
import { twoFactorClient } from "better-auth/client/plugins";

/** Sign-in, passkeys and one-time passwords: better-auth's own endpoints. Loaded only by the pages that need it. */
export const auth = createAuthClient({
  baseURL: `${location.origin}/api/auth`,
  plugins: [passkeyClient(), twoFactorClient()],
});
