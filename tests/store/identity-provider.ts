import { once } from "node:events";
import Provider from "oidc-provider";
import { type Answer, Browser, freePort } from "./people-server.ts";

export const CLIENT = { clientId: "cordon", clientSecret: "a-secret-only-for-this-test-0123456789" };

interface Identity {
  email: string;
  email_verified: boolean;
  name: string;
}

/** A real OpenID provider on loopback. Whoever logs in as `login` is `identities[login]`. Hears what tokens were asked for. */
export async function identityProvider(redirectUris: string[], identities: Record<string, Identity>) {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        redirect_uris: redirectUris,
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    pkce: { required: () => true },
    cookies: { keys: ["0123456789abcdef0123456789abcdef"] },
    findAccount: (_: unknown, login: string) => ({
      accountId: login,
      claims: async () => ({ sub: login, ...identities[login] }),
    }),
  });
  const server = provider.listen(port, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { issuer, close };
}

/** Follows a whole sign-on: to the provider, its login and consent pages, and back to Cordon's call-back. Answers what Cordon said last. */
export async function signOn(
  browser: Browser,
  provider: string,
  login: string,
  path = "sign-in/social",
): Promise<Answer> {
  const started = await browser.post(`/api/auth/${path}`, {
    provider,
    callbackURL: "/today",
    errorCallbackURL: "/sign-in",
  });
  if (started.status !== 200) return started;
  let at = new URL(started.body.url as string);
  if (at.searchParams.get("code_challenge_method") !== "S256") throw new Error("PKCE is missing");
  const there = new Browser({ url: at.origin });
  let answer = await there.get(at.href);
  for (let step = 0; step < 20; step++) {
    const location = answer.headers.get("location");
    if (location !== null) {
      at = new URL(location, at);
      if (at.origin === browser.url) return browser.get(`${at.pathname}${at.search}`);
      answer = await there.get(at.href);
      continue;
    }
    const action = /<form[^>]*action="([^"]+)"/.exec(String(answer.body))?.[1];
    if (action === undefined) throw new Error(`no form at ${at.href}: ${String(answer.body).slice(0, 500)}`);
    const prompt = /name="prompt" value="([^"]+)"/.exec(String(answer.body))?.[1] ?? "";
    at = new URL(action, at);
    answer = await there.submit(at.href, { prompt, login, password: "anything" });
  }
  throw new Error("the sign-on did not end");
}
