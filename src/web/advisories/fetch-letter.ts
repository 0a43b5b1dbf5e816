import type { LetterText } from "../../features/publish/schema.ts";
import { problemFrom } from "../api/problem.ts";

/** The letter as a file; a refusal in a sentence. */
export async function fetchLetter(
  id: string,
  format: "pdf" | "docx",
  order: { text: LetterText; site: string | undefined },
): Promise<{ blob: Blob; name: string }> {
  const answer = await fetch(`/api/advisories/${id}/letter/${format}`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(order),
  });
  if (!answer.ok) {
    const { title, reason, fix } = problemFrom(answer.status, await answer.json().catch(() => null));
    throw new Error([title, reason, fix].filter((part) => part).join(". "));
  }
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? `letter.${format}`;
  return { blob: await answer.blob(), name };
}
