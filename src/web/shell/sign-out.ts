import { ORPCError } from "@orpc/client";

/** Ends this session; the cookie is the server's to remove. */
export async function signOut(): Promise<void> {
  const answer = await fetch("/api/auth/sign-out", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  if (!answer.ok) throw new ORPCError("unavailable", { status: answer.status, message: "You are still signed in." });
}
