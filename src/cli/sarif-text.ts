import { plain } from "./run-action.ts";

/** In a SARIF message braces are placeholders (3.11.5) and brackets links (3.11.6): what somebody else wrote must be neither. */
export const literal = (text: string) =>
  plain(text)
    .replace(/[{}]/g, "$&$&")
    .replace(/[\\[\]]/g, "\\$&");

/** A relative reference; every path segment is encoded. */
export const uriOf = (path: string) => path.split(/[\\/]/).map(encodeURIComponent).join("/");
