import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { CopyLine } from "../kit/copy-line.tsx";
import { Mark } from "../kit/mark.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { When } from "../kit/when.tsx";
import { counted } from "../kit/words.ts";

/** The head of the chain, its last signed checkpoint, a check of every hash and signature now, and the offline way. */
export function LedgerProof() {
  const may = useMay();
  const state = useQuery(ask.audit.state.queryOptions());
  const verify = useMutation(ask.audit.verify.mutationOptions());
  const { data: result } = verify;
  return (
    <section className="proof" aria-label="Proof">
      <div className="proof-facts">
        <div>
          <h3>Head</h3>
          <p className="proof-number num">{state.data?.head.sequence.toLocaleString("en") ?? "…"}</p>
          <p className="mono cell-dim proof-hash">{state.data?.head.hash.slice(0, 32) ?? "\u00a0"}</p>
          <p className="quiet">{state.data?.head.at ? <When at={state.data.head.at} time /> : "\u00a0"}</p>
        </div>
        <div>
          <h3>Last checkpoint</h3>
          {state.data !== undefined && state.data.checkpoint === null ? (
            <p className="quiet">None yet. One is signed when entries have come in.</p>
          ) : (
            <>
              <p className="proof-number num">{state.data?.checkpoint?.sequence.toLocaleString("en") ?? "…"}</p>
              <p className="mono cell-dim proof-hash">{state.data?.checkpoint?.hash.slice(0, 32) ?? "\u00a0"}</p>
              <p className="quiet">
                Signed with Ed25519 and ML-DSA-65,{" "}
                {state.data?.checkpoint ? <When at={state.data.checkpoint.at} time /> : "\u00a0"}
              </p>
            </>
          )}
        </div>
        <div className="proof-check">
          <h3>Verify</h3>
          <Button onClick={() => verify.mutate({})} loading={verify.isPending}>
            Verify now
          </Button>
          <div role="status">
            {result?.ok === true && (
              <p className="note-good">
                <Mark shape="check" />
                <span>
                  {counted(result.entries, "entry", "entries")} and all signatures verify, in{" "}
                  <span className="num">{Math.round(result.tookMs).toLocaleString("en")} ms</span>.
                </span>
              </p>
            )}
            {result?.ok === false && (
              <p className="note-bad">
                <Mark shape="cross" />
                <span>
                  Entry {result.firstBad?.sequence.toLocaleString("en")} does not verify: {result.firstBad?.reason}. Do
                  not change anything; keep this database and its backups.
                </span>
              </p>
            )}
          </div>
        </div>
      </div>
      {(verify.error ?? state.error) !== null && (
        <ProblemNotice error={verify.error ?? state.error} onRetry={state.refetch} />
      )}
      <div className="proof-offline">
        {may("ledger:export") && (
          <Button
            component="a"
            href="/api/ledger/export"
            download
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            Download the ledger
          </Button>
        )}
        <span className="quiet">Signed, and checked by anybody, offline and without an account:</span>
        <CopyLine text="./cordon verify ledger.ndjson" />
      </div>
    </section>
  );
}
