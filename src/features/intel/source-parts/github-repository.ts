import * as z from "zod";
import type { Source, SourceTools, Step } from "../source.ts";
import { cursorOf, jsonIn, textFrom } from "./answers.ts";

export interface Repository {
  /** `owner/name` */
  repository: string;
  branch: string;
  /** Which of its files are advisories. */
  files: RegExp;
  /** More changed files than this, and the whole is taken again. */
  mostChanges?: number;
  maxBytes?: number;
}

export const githubBases = {
  api: "https://api.github.com",
  archive: "https://codeload.github.com",
  raw: "https://raw.githubusercontent.com",
} as const;

export const GITHUB_KEY = "A token without any scope raises GitHub's limit from 60 to 5,000 questions an hour";

const Cursor = z.object({ commit: z.string().regex(/^[0-9a-f]{40}$/) });
const Compare = z.object({
  status: z.string(),
  files: z
    .array(z.object({ filename: z.string(), status: z.string(), previous_filename: z.string().optional() }))
    .optional(),
});

/** GitHub lists at most so many files of a comparison (docs.github.com, "Compare two commits"). */
const LISTED = 300;
/** Single files kept beside the archive before it is taken again. */
const MOST_LOOSE = 3_000;

/** A repository of advisories: the head commit is asked for; only when it moved, the changed files are read, or the archive when they are many. */
export const githubRepository = ({
  repository,
  branch,
  files,
  mostChanges = 200,
  maxBytes,
}: Repository): Source["read"] =>
  async function* (tools, before) {
    const { commit: known } = cursorOf(before, Cursor) ?? { commit: null };
    const head = await headOf(tools, repository, branch);
    if (head === known && tools.kept.size > 0) return yield { type: "reached", cursor: { commit: head } };
    const loose = tools.kept.size - 1;
    const changed = known === null || loose > MOST_LOOSE ? null : await changesOf(tools, repository, known, head);
    const wanted = changed?.filter(({ filename, status }) => status !== "removed" && files.test(filename)) ?? null;
    // What leaves the advisories, removed or moved elsewhere, leaves with the archive only.
    const left = changed?.some(({ filename, status, previous_filename: from = filename }) =>
      status === "removed" || status === "renamed" ? files.test(from) : false,
    );
    if (wanted === null || left === true || wanted.length > mostChanges) {
      const url = tools.at("archive", `${repository}/tar.gz/${head}`);
      const more = { ...(maxBytes === undefined ? {} : { maxBytes }), ...authorized(tools) };
      yield { type: "document", name: "archive.tar.gz", url, more };
      yield { type: "drop", where: (name) => name !== "archive.tar.gz" };
    } else
      for (const { filename } of wanted) {
        const path = filename.split("/").map(encodeURIComponent).join("/");
        const step: Step = { type: "document", name: filename, url: tools.at("raw", `${repository}/${head}/${path}`) };
        yield { ...step, more: { optional: true, ...authorized(tools) } };
      }
    yield { type: "reached", cursor: { commit: head } };
  };

async function headOf(tools: SourceTools, repository: string, branch: string): Promise<string> {
  const url = tools.at("api", `repos/${repository}/commits/${branch}`);
  const { headers } = authorized(tools);
  const text = await textFrom(tools, url, { headers: { ...headers, accept: "application/vnd.github.sha" } });
  return jsonIn(url, JSON.stringify(text.trim()), Cursor.shape.commit);
}

/** Null when GitHub cannot list them all, or the history was rewritten. */
async function changesOf(tools: SourceTools, repository: string, from: string, to: string) {
  const url = tools.at("api", `repos/${repository}/compare/${from}...${to}`);
  const answer = await tools.ask(url, authorized(tools));
  if (answer.type !== "bytes") return null;
  const { status, files = [] } = jsonIn(url, new TextDecoder().decode(answer.bytes), Compare);
  return status !== "ahead" || files.length >= LISTED ? null : files;
}

const authorized = ({ key }: SourceTools): { headers: Record<string, string> } => ({
  headers: key === null ? {} : { authorization: `Bearer ${key}` },
});
