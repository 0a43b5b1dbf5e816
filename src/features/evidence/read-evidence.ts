import { Fault } from "../../lib/fault.ts";
import { parseJson } from "../../lib/json.ts";
import { readXml, type XmlReader } from "../../lib/xml.ts";
import { Draft } from "./draft.ts";
import { EVIDENCE_LIMITS } from "./limits.ts";
import type { EvidenceParser, XmlWalk } from "./parser.ts";
import cyclonedxJson from "./parsers/cyclonedx-json.ts";
import cyclonedxXml from "./parsers/cyclonedx-xml.ts";
import junit from "./parsers/junit.ts";
import nessus from "./parsers/nessus.ts";
import nmap from "./parsers/nmap.ts";
import pentestCsv from "./parsers/pentest-csv.ts";
import sarif from "./parsers/sarif.ts";
import spdxJson from "./parsers/spdx-json.ts";
import spdxTagValue from "./parsers/spdx-tag-value.ts";
import sslscan from "./parsers/sslscan.ts";
import zapJson from "./parsers/zap-json.ts";
import zapXml from "./parsers/zap-xml.ts";
import { type EvidenceFacts, type EvidenceKind, KIND_WORDS } from "./schema.ts";
import { HEAD_BYTES, sniff } from "./sniff.ts";

const PARSERS: readonly EvidenceParser[] = [
  sarif,
  junit,
  cyclonedxJson,
  cyclonedxXml,
  nmap,
  sslscan,
  zapJson,
  zapXml,
  nessus,
  spdxJson,
  spdxTagValue,
  pentestCsv,
];

export interface ReadEvidenceOptions {
  /** Of the file, for the places in refusals; says nothing about what it is. */
  name: string;
  /** Refuses a file of another kind. `document`: what no parser knows is taken as it is, unread. */
  expect?: EvidenceKind | null;
}

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * What a file proves, its kind known by its content. XML is read in pieces, so that memory does not grow with the file.
 * Faults `bad_input` (place and fix) for what is not known, broken, of another kind than expected, or can hold script; `too_large`
 * beyond EVIDENCE_LIMITS.
 */
export async function readEvidence(
  pieces: Pieces,
  { name, expect = null }: ReadEvidenceOptions,
): Promise<EvidenceFacts> {
  const source = await withHead(limited(pieces, name));
  const sniffed = sniff(source.head, name);
  if (sniffed.form === "binary") {
    if (expect === null) expectDocument(name, sniffed.what);
    if (expect !== "document") refuseKind(name, sniffed.what, expect);
    for await (const _ of source.rest);
    return new Draft(name, "document", sniffed.what).finish();
  }
  try {
    const draft = await readKnown(sniffed.form, decoded(source.rest, sniffed.encoding, name), name);
    if (expect !== null && draft.kind !== expect) refuseKind(name, KIND_WORDS[draft.kind], expect);
    return draft.finish();
  } catch (error) {
    if (!(error instanceof UnknownKind) || expect !== "document") throw error;
    for await (const _ of source.rest);
    return new Draft(name, "document", sniffed.form.toUpperCase()).finish();
  }
}

/** So that a report with findings is never kept as a mere document. */
class UnknownKind extends Fault {}

async function readKnown(form: "xml" | "json" | "text", texts: AsyncIterable<string>, name: string): Promise<Draft> {
  switch (form) {
    case "xml":
      return readXmlFile(texts, name);
    case "json":
      return readJsonFile(await whole(texts, name), name);
    case "text":
      return readTextFile(await whole(texts, name), name);
  }
}

function refuseKind(name: string, is: string, expected: EvidenceKind): never {
  throw new Fault("bad_input", `This is not ${KIND_WORDS[expected]}; it is ${is}.`, {
    at: name,
    fix: "Give the file that was asked for, or say that it is of another kind",
  });
}

function expectDocument(name: string, what: string): never {
  throw new Fault("bad_input", `A ${what} is not read for what it proves.`, {
    at: name,
    fix: "Say that it is a document, and it is kept as it is",
  });
}

const unknown = (name: string, what: string) =>
  new UnknownKind("bad_input", `This ${what} is of no kind that is known here.`, {
    at: name,
    fix: "Known are SARIF, JUnit XML, CycloneDX, SPDX 2, nmap, sslscan, ZAP, Nessus and our penetration-test CSV; anything else can be kept as a document",
  });

async function* limited(pieces: Pieces, name: string): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > EVIDENCE_LIMITS.maxBytes)
      throw new Fault("too_large", `The file is larger than ${EVIDENCE_LIMITS.maxBytes / 1024 / 1024} MiB.`, {
        at: name,
      });
    yield piece;
  }
}

async function withHead(pieces: AsyncGenerator<Uint8Array>) {
  const held: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await pieces.next();
    if (next.done === true) break;
    held.push(next.value);
    size += next.value.length;
  }
  const head = new Uint8Array(size);
  let at = 0;
  for (const piece of held) {
    head.set(piece, at);
    at += piece.length;
  }
  async function* rest() {
    yield head;
    yield* pieces;
  }
  return { head: head.subarray(0, HEAD_BYTES), rest: rest() };
}

async function* decoded(pieces: AsyncGenerator<Uint8Array>, encoding: string, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let before = 0;
  const decode = (piece?: Uint8Array) => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch (cause) {
      throw new Fault("bad_input", `The bytes here are not ${encoding.toUpperCase()}.`, {
        at: `${name}, after byte ${before}`,
        fix: "Save the file as UTF-8 and try again",
        cause,
      });
    }
  };
  for await (const piece of pieces)
    for (let from = 0; from < piece.length; from += PIECE) {
      const part = piece.subarray(from, from + PIECE);
      yield decode(part);
      before += part.length;
    }
  yield decode();
}

const PIECE = 64 * 1024;

async function whole(texts: AsyncIterable<string>, name: string): Promise<string> {
  const parts: string[] = [];
  let size = 0;
  for await (const text of texts) {
    size += text.length;
    if (size > EVIDENCE_LIMITS.maxJsonBytes)
      throw new Fault(
        "too_large",
        `A file that is not XML may have ${EVIDENCE_LIMITS.maxJsonBytes / 1024 / 1024} MiB.`,
        {
          at: name,
          fix: "Split it, or let the tool write less beside the findings",
        },
      );
    parts.push(text);
  }
  return parts.join("");
}

async function readXmlFile(texts: AsyncIterable<string>, name: string): Promise<Draft> {
  const walker = walkXml(name);
  const { reader } = walker;
  for await (const text of texts) reader.write(text);
  reader.end();
  return walker.finish();
}

/** The path, the bounded text of each open element, and the parser that the root element chose. */
function walkXml(name: string): { reader: XmlReader; finish(): Draft } {
  const path: string[] = [];
  const texts: string[] = [];
  let walk: XmlWalk | null = null;
  const reader = readXml(
    { name, maxDepth: EVIDENCE_LIMITS.maxDepth, bareDoctype: true, maxSilence: EVIDENCE_LIMITS.maxXmlPiece },
    {
      open(element) {
        path.push(element.name);
        texts.push("");
        if (walk !== null) return walk.open(element, path);
        const parser = PARSERS.find((one) => one.reads === "xml" && one.recognises(element));
        if (parser?.reads !== "xml") throw unknown(`${name}:${element.at}`, `XML (<${element.name.slice(0, 60)}>)`);
        walk = parser.start(name, element);
      },
      text(part) {
        const before = texts.at(-1);
        if (before !== undefined && before.length < EVIDENCE_LIMITS.maxText)
          texts[texts.length - 1] = before + part.slice(0, EVIDENCE_LIMITS.maxText);
      },
      close() {
        walk?.close((texts.pop() ?? "").trim(), path);
        path.pop();
      },
    },
  );
  return {
    reader,
    finish() {
      if (walk === null) throw unknown(name, "XML");
      walk.end();
      return walk.draft;
    },
  };
}

function readJsonFile(text: string, name: string): Draft {
  const { maxDepth, maxJsonValues: maxValues } = EVIDENCE_LIMITS;
  const value = parseJson(text, { name, maxDepth, maxValues });
  const parser = PARSERS.find((one) => one.reads === "json" && one.recognises(value));
  if (parser?.reads !== "json") throw unknown(name, "JSON");
  return parser.read(name, value);
}

function readTextFile(text: string, name: string): Draft {
  const head = text.slice(0, HEAD_BYTES);
  const parser = PARSERS.find((one) => one.reads === "text" && one.recognises(head));
  if (parser?.reads !== "text") throw unknown(name, "text");
  return parser.read(name, text);
}
