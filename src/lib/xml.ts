import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from "saxes";
import { Fault } from "./fault.ts";

export interface XmlOptions {
  /** Of the file, for the place in a refusal. */
  name: string;
  /** Deepest nesting of elements allowed. */
  maxDepth: number;
  /** Lets a DOCTYPE pass that names the root element and nothing else, as nmap writes one. */
  bareDoctype?: boolean;
  /** Most characters of one text, tag or comment; looked at between pieces. */
  maxSilence?: number;
}

/** Takes a document piece by piece; `end` when there is no more. */
export interface XmlReader {
  write(text: string): void;
  end(): void;
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
  const reader = readXml(options, handler);
  reader.write(text);
  reader.end();
}

/** The same for XML that comes in pieces: memory holds one piece and what the handler keeps. */
export function readXml(options: XmlOptions, handler: XmlHandler): XmlReader {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const place = () => `${parser.line}:${parser.column}`;
  const refuse = (reason: string, fix: string): never => {
    throw new Fault("bad_input", reason, { at: `${options.name}:${place()}`, fix });
  };
  const tooLarge = (reason: string): never => {
    throw new Fault("too_large", reason, { at: `${options.name}:${place()}` });
  };
  let depth = 0;
  let silent = 0;
  parser.on("error", (error) => {
    refuse(
      `This is not well-formed XML: ${whatIsWrong(error.message)}.`,
      "Check that the file is complete and valid XML.",
    );
  });
  parser.on("doctype", (declared) => {
    if (options.bareDoctype === true && /^\s*[\w.:-]+\s*$/.test(declared)) return;
    refuse("The XML has a DOCTYPE; entities and external references are not read.", "Remove the DOCTYPE.");
  });
  parser.on("opentag", (tag) => {
    silent = 0;
    depth++;
    if (depth > options.maxDepth) tooLarge(`The XML is nested deeper than ${options.maxDepth} levels.`);
    handler.open({ name: tag.local, namespace: tag.uri, at: place(), attribute: (name) => plainAttribute(tag, name) });
  });
  parser.on("text", (part) => handler.text(part));
  parser.on("cdata", (part) => handler.text(part));
  parser.on("closetag", () => {
    silent = 0;
    depth--;
    handler.close();
  });
  let otherEncoding: string | null | undefined;
  return {
    write(text) {
      if (otherEncoding === undefined) otherEncoding = declaredEncoding(text);
      if (otherEncoding !== null) refuseBeyondAscii(text, otherEncoding, options.name);
      silent += text.length;
      parser.write(text);
      if (options.maxSilence !== undefined && silent > options.maxSilence)
        tooLarge(`One text, tag or comment of the XML is longer than ${options.maxSilence} characters.`);
    },
    end: () => void parser.close(),
  };
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

/** What the XML declaration says, where it is none that the bytes were read as. */
function declaredEncoding(text: string): string | null {
  const declared = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(text.slice(0, 500))?.[1];
  return declared === undefined || /^(utf-?8|utf-?16(le|be)?|us-ascii)$/i.test(declared) ? null : declared;
}

function refuseBeyondAscii(text: string, declared: string, name: string): void {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) < 0x80) continue;
    const reason = `The XML declares the encoding ${declared}, which is not read.`;
    throw new Fault("bad_input", reason, { at: `${name}:1:1`, fix: "Save the file as UTF-8 and try again." });
  }
}
