import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from "saxes";
import { Fault } from "./fault.ts";

export interface XmlOptions {
  /** Of the file, for the place in a refusal. */
  name: string;
  /** Deepest nesting of elements allowed. */
  maxDepth: number;
}

/** An element that opens; `at` is `line:column` of its end. */
export interface XmlElement {
  name: string;
  namespace: string;
  at: string;
  attribute(name: string): string | null;
}

export interface XmlHandler {
  open(element: XmlElement): void;
  text(text: string): void;
  close(): void;
}

/**
 * Reads XML 1.0 from start to end. Only the five predefined entities and character references exist here:
 * a DOCTYPE is refused, so nothing is expanded and nothing outside the document is fetched.
 * Faults `bad_input` with `name:line:column`, `too_large` when nested deeper than `maxDepth`.
 */
export function parseXml(text: string, options: XmlOptions, handler: XmlHandler): void {
  refuseOtherEncoding(text, options.name);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const place = () => `${parser.line}:${parser.column}`;
  const refuse = (reason: string, fix: string): never => {
    throw new Fault("bad_input", reason, { at: `${options.name}:${place()}`, fix });
  };
  let depth = 0;
  parser.on("error", (error) => {
    refuse(
      `This is not well-formed XML: ${whatIsWrong(error.message)}.`,
      "Check that the file is complete and valid XML.",
    );
  });
  parser.on("doctype", () => {
    refuse("The XML has a DOCTYPE; entities and external references are not read.", "Remove the DOCTYPE.");
  });
  parser.on("opentag", (tag) => {
    depth++;
    if (depth > options.maxDepth) {
      const at = `${options.name}:${place()}`;
      throw new Fault("too_large", `The XML is nested deeper than ${options.maxDepth} levels.`, { at });
    }
    handler.open({ name: tag.local, namespace: tag.uri, at: place(), attribute: (name) => plainAttribute(tag, name) });
  });
  parser.on("text", (part) => handler.text(part));
  parser.on("cdata", (part) => handler.text(part));
  parser.on("closetag", () => {
    depth--;
    handler.close();
  });
  parser.write(text).close();
}

function plainAttribute(tag: SaxesTagNS, name: string): string | null {
  const attribute: SaxesAttributeNS | undefined = Object.hasOwn(tag.attributes, name)
    ? tag.attributes[name]
    : undefined;
  return attribute?.value ?? null;
}

/** saxes puts `line:column: ` first and ends some messages with a full stop. */
function whatIsWrong(message: string): string {
  return message
    .replace(/^\d+:\d+: /, "")
    .replace(/\.$/, "")
    .slice(0, 200);
}

function refuseOtherEncoding(text: string, name: string): void {
  const declared = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(text.slice(0, 500))?.[1];
  if (declared === undefined || /^(utf-?8|utf-?16(le|be)?|us-ascii)$/i.test(declared)) return;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < 0x80) continue;
    const reason = `The XML declares the encoding ${declared}, which is not read.`;
    throw new Fault("bad_input", reason, { at: `${name}:1:1`, fix: "Save the file as UTF-8 and try again." });
  }
}
