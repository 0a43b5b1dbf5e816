import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../../api/client.ts";
import { LoadingRows } from "../../kit/loading.tsx";
import { Panel } from "../../kit/panel.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { counted } from "../../kit/words.ts";
import { SupportFacts } from "../support/part-support.tsx";
import { partName, SCOPE_WORD } from "./part-cells.tsx";

interface Props {
  deviceId: string;
  releaseId: string;
  part: number;
  onOpen: (part: number) => void;
  onClose: () => void;
}

/** One part: where it sits, what it is known by, what uses it, and what advisories can say. */
export function PartPanel({ deviceId, releaseId, part, onOpen, onClose }: Props) {
  const { data, error, refetch } = useQuery(ask.parts.get.queryOptions({ input: { id: releaseId, part } }));
  return (
    <Panel title={data?.name ?? "Part"} onClose={onClose}>
      {error !== null && <ProblemNotice error={error} onRetry={refetch} />}
      {error === null && data === undefined && <LoadingRows rows={6} />}
      {data !== undefined && (
        <div className="detail">
          <header>
            <h2>
              {partName(data)} <span className="num">{data.version}</span>
            </h2>
            <p className="quiet">
              {data.path
                .slice(0, -1)
                .map(({ name }) => name)
                .join(" › ") || "At the root"}
            </p>
          </header>
          {data.findings > 0 ? (
            <p>
              <Link
                to="/devices/$deviceId/findings"
                params={{ deviceId }}
                search={{ release: releaseId, component: data.name }}
                className={data.exploited ? "tone-bad" : ""}
              >
                {counted(data.findings, "open finding")}
                {data.exploited && ", exploited in the wild"}
              </Link>
            </p>
          ) : (
            <p className="quiet">
              {data.unmatched === null ? "No open finding." : `Cannot be looked up: ${data.unmatched}`}
            </p>
          )}
          <dl className="facts">
            <dt>Type</dt>
            <dd>{data.type.replaceAll("-", " ")}</dd>
            <dt>Scope</dt>
            <dd>{data.scope === null ? <span className="cell-dim">not stated</span> : SCOPE_WORD[data.scope]}</dd>
            <dt>Supplier</dt>
            <dd>{data.supplier ?? <span className="cell-dim">not stated</span>}</dd>
            <dt>Licence</dt>
            <dd>{data.licenses.join(", ") || <span className="cell-dim">not stated</span>}</dd>
            <dt>purl</dt>
            <dd className="mono small-print">{data.purl ?? <span className="cell-dim">none</span>}</dd>
            <dt>CPE</dt>
            <dd className="mono small-print">{data.cpes.join("\n") || <span className="cell-dim">none</span>}</dd>
            {data.missing.length > 0 && (
              <>
                <dt>Lacks</dt>
                <dd className="tone-warn">{data.missing.join(", ")}</dd>
              </>
            )}
          </dl>
          {data.support !== null && <SupportFacts support={data.support} />}
          <Names title="Uses" parts={data.dependsOn} onOpen={onOpen} />
          <Names title="Used by" parts={data.usedBy} onOpen={onOpen} />
          {data.hashes.length > 0 && (
            <section>
              <h3>Hashes</h3>
              <dl className="facts">
                {data.hashes.map(({ algorithm, value }) => (
                  <div key={`${algorithm}${value}`} className="facts-pair">
                    <dt>{algorithm}</dt>
                    <dd className="mono small-print">{value}</dd>
                  </div>
                ))}
              </dl>
            </section>
          )}
        </div>
      )}
    </Panel>
  );
}

interface NamesProps {
  title: string;
  parts: readonly { id: number; name: string; version: string | null }[];
  onOpen: (part: number) => void;
}

function Names({ title, parts, onOpen }: NamesProps) {
  if (parts.length === 0) return null;
  return (
    <section>
      <h3>
        {title} <span className="num cell-dim">{parts.length}</span>
      </h3>
      <p className="names">
        {parts.map(({ id, name, version }) => (
          <button type="button" className="text-button" key={id} onClick={() => onOpen(id)}>
            {name} {version}
          </button>
        ))}
      </p>
    </section>
  );
}
