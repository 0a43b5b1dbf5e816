/** The body without session tokens: page script must not be able to read what the HttpOnly cookie hides. */
export function withoutTokens(body: unknown): unknown {
  if (body === null || typeof body !== "object" || Array.isArray(body)) return body;
  const { token: _, session, ...rest } = body as Record<string, unknown>;
  if (session === undefined) return rest;
  if (session === null || typeof session !== "object") return { ...rest, session };
  const { token: __, ...safe } = session as Record<string, unknown>;
  return { ...rest, session: safe };
}

/** The browser's cookies after these `set-cookie` headers: only names and values. */
export function cookiesAfter(setCookies: readonly string[]): string {
  return setCookies
    .map((cookie) => cookie.split(";", 1)[0] ?? "")
    .filter((pair) => !pair.endsWith("="))
    .join("; ");
}

/** True when these headers hand out a session (and do not take one away). */
export const opensSession = (setCookies: readonly string[]): boolean =>
  setCookies.some((cookie) => /^(__Secure-)?cordon\.session_token=[^;]+/.test(cookie) && !/max-age=0/i.test(cookie));
