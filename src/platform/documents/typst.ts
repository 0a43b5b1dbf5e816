import { Fault } from "../../lib/fault.ts";

/** Typst reads files only below its workspace: this place does not exist, so it reads what it is given and nothing else. */
const NOWHERE = "/cordon-has-no-such-folder";

/**
 * A tagged, accessible PDF (PDF/UA-1) of a Typst template that reads its texts from `data.json`. The same template, data and time give
 * the same bytes. Fault `unavailable` where this platform has no compiler, `bad_input` for characters that no font here has (PDF/UA-1 wants
 * every one readable).
 */
export async function typsetPdf(template: string, data: object, at: Date): Promise<Buffer> {
  const { NodeCompiler } = await import("@myriaddreamin/typst-ts-node-compiler").catch((cause: unknown) => {
    throw new Fault("unavailable", "PDF cannot be made on this machine", { fix: "Take the DOCX instead", cause });
  });
  const compiler = NodeCompiler.create({ workspace: NOWHERE });
  compiler.addSource(`${NOWHERE}/main.typ`, template);
  compiler.mapShadow(`${NOWHERE}/data.json`, Buffer.from(JSON.stringify(data), "utf8"));
  const made = compiler.compile({ mainFilePath: `${NOWHERE}/main.typ` });
  const { result } = made;
  if (result === null) {
    const error = made.takeError();
    throw new Error(`the document does not compile: ${JSON.stringify(error?.shortDiagnostics ?? null)}`);
  }
  try {
    return compiler.pdf(result, {
      pdfStandard: "ua-1",
      pdfTags: true,
      creationTimestamp: Math.floor(at.getTime() / 1000),
    });
  } catch (cause) {
    throw withoutFont(cause) ?? cause;
  } finally {
    compiler.evictCache(10);
  }
}

const MOST_NAMED = 10;

/** The compiler names each character it has no font for in a diagnostic of its own. */
function withoutFont(cause: unknown): Fault | null {
  const said = cause instanceof Error ? cause.message : "";
  const found = said.matchAll(/the text `\\?"(.+?)\\?"` could not be displayed with font/gu);
  const missing = [...new Set([...found].map(([, text = ""]) => text))];
  if (missing.length === 0) return null;
  const more = missing.length > MOST_NAMED ? " …" : "";
  return new Fault("bad_input", `No font on this machine has ${missing.slice(0, MOST_NAMED).join(" ")}${more}`, {
    at: "text",
    fix: "Take the DOCX, write it otherwise, or have a font of that script installed on the server",
    cause,
  });
}
