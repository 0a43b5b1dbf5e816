interface Refusal {
  status?: number;
  code?: string | undefined;
  message?: string | undefined;
}

const SAID: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: "The e-mail address or the password is wrong.",
  INVALID_CODE: "This code is wrong, has expired, or was used already. A new one comes every 30 seconds.",
  INVALID_TWO_FACTOR_COOKIE: "This took too long. Start again with your password.",
  AUTH_CANCELLED: "The passkey was not used. Try again, or use your password.",
  PASSKEY_NOT_FOUND: "This passkey is not known here. Use your password, then add it under My security.",
  ERROR_CEREMONY_ABORTED: "The passkey was not used. Try again, or use your password.",
  SIGNUP_DISABLED: "There is no account for you here yet. Ask an administrator for an invitation.",
};

/** A refused sign-in, in words; it never says which of the two, address or password, was wrong. */
export function refusalText({ status, code, message }: Refusal): string {
  if (status === 429) return "Too many tries. Wait a minute, then try again.";
  const known = SAID[code ?? ""] ?? SAID[(message ?? "").toUpperCase().replaceAll(/[\s-]+/g, "_")];
  if (known !== undefined) return known;
  if (message !== undefined && message !== "") return message;
  return "Signing in did not work. Try again.";
}
