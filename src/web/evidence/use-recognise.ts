import { useState } from "react";
import { readEvidence } from "../../features/evidence/read-evidence.ts";
import type { EvidenceFacts } from "../../features/evidence/schema.ts";
import { Fault } from "../../lib/fault.ts";

export interface Recognised {
  file: File;
  facts: EvidenceFacts;
}

export type RecogniseState =
  | { step: "none" }
  | { step: "reading"; name: string }
  | ({ step: "seen" } & Recognised)
  | { step: "refused"; file: File; reason: string; at: string | null; fix: string | null; asDocument: boolean };

/** Reads a file in the page, before anything is sent, as the server will read it. */
export function useRecognise() {
  const [state, setState] = useState<RecogniseState>({ step: "none" });
  const look = async (file: File, asDocument = false) => {
    setState({ step: "reading", name: file.name });
    try {
      const facts = await readEvidence(piecesOf(file), { name: file.name, expect: asDocument ? "document" : null });
      setState({ step: "seen", file, facts });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const { message, at = null, fix = null } = error;
      setState({
        step: "refused",
        file,
        reason: message,
        at,
        fix,
        asDocument: !asDocument && / document/.test(fix ?? ""),
      });
    }
  };
  return { state, look, clear: () => setState({ step: "none" }) };
}

async function* piecesOf(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
