import { Fault } from "../../lib/fault.ts";

/** Typst reads files only below its workspace: this place does not exist, so it reads what it is given and nothing else. */
const NOWHERE = "/cordon-has-no-such-folder";

/**
 * A tagged, accessible PDF (PDF/UA-1) of a Typst template that reads its texts from `data.json`. The same template, data and time give
 * the same bytes. Fault `unavailable` where this platform has no compiler.
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
  const pdf = compiler.pdf(result, {
    pdfStandard: "ua-1",
    pdfTags: true,
    creationTimestamp: Math.floor(at.getTime() / 1000),
  });
  compiler.evictCache(10);
  return pdf;
}
