import type { JsonValue } from "../../lib/json.ts";
import type { XmlElement } from "../../lib/xml.ts";
import type { Draft } from "./draft.ts";

/** Reads one XML format element by element. */
export interface XmlParser {
  reads: "xml";
  /** Whether the root element is this format's. */
  recognises(root: XmlElement): boolean;
  /** Takes the root and answers with what walks the rest. */
  start(name: string, root: XmlElement): XmlWalk;
}

export interface XmlWalk {
  draft: Draft;
  /** `path`: names of the elements around it, the root first, itself last. */
  open(element: XmlElement, path: readonly string[]): void;
  /** `text`: what stood directly in the element, shortened. */
  close(text: string, path: readonly string[]): void;
  end(): void;
}

/** Reads one JSON format from the parsed value. */
export interface JsonParser {
  reads: "json";
  recognises(value: JsonValue): boolean;
  read(name: string, value: JsonValue): Draft;
}

/** Reads one line-based format from decoded text. */
export interface TextParser {
  reads: "text";
  recognises(head: string): boolean;
  read(name: string, text: string): Draft;
}

export type EvidenceParser = XmlParser | JsonParser | TextParser;

export const defineXml = (parser: Omit<XmlParser, "reads">): XmlParser => ({ reads: "xml", ...parser });
export const defineJson = (parser: Omit<JsonParser, "reads">): JsonParser => ({ reads: "json", ...parser });
export const defineText = (parser: Omit<TextParser, "reads">): TextParser => ({ reads: "text", ...parser });
