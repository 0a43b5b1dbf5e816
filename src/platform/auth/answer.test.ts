import { describe, expect, test } from "vitest";
import { cookiesAfter, opensSession, withoutTokens } from "./answer.ts";

describe("answers of sign-in", () => {
  test.each([
    [{ token: "t", user: { id: 1 } }, { user: { id: 1 } }],
    [
      { session: { id: "s", token: "t" }, user: {} },
      { session: { id: "s" }, user: {} },
    ],
    [{ session: null, token: "t" }, { session: null }],
    [null, null],
    [["t"], ["t"]],
    ["t", "t"],
  ])("%j loses its session tokens", (body, safe) => {
    expect(withoutTokens(body)).toEqual(safe);
  });

  test.each([
    [["cordon.session_token=abc.def; Path=/; HttpOnly"], true],
    [["__Secure-cordon.session_token=abc; Path=/; Secure"], true],
    [["cordon.session_token=; Max-Age=0; Path=/"], false],
    [["cordon.session_token=abc; Max-Age=0"], false],
    [["cordon.two_factor=abc; Path=/"], false],
    [["evil.session_token=abc"], false],
    [[], false],
  ])("%j hands out a session: %s", (cookies, opens) => {
    expect(opensSession(cookies)).toBe(opens);
  });

  test("the browser's next cookies are the ones that were set, without those taken away", () => {
    expect(cookiesAfter(["a=1; Path=/", "b=; Max-Age=0", "c=x%3D; HttpOnly"])).toBe("a=1; c=x%3D");
  });
});
