import type { DocumentOptions, Source } from "../source.ts";

interface Fixed {
  name: string;
  base: string;
  path?: string;
  more?: DocumentOptions;
}

/** A source that is a few documents at fixed addresses: each is asked for with "only if it changed". */
export const fixedDocuments = (documents: readonly Fixed[]): Source["read"] =>
  async function* (tools) {
    for (const [i, { name, base, path, more }] of documents.entries()) {
      yield { type: "document", name, url: tools.at(base, path), ...(more === undefined ? {} : { more }) };
      yield { type: "reached", cursor: null, done: i + 1, total: documents.length };
    }
  };
