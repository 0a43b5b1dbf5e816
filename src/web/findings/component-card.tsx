import { useQuery } from "@tanstack/react-query";
import type { FindingRow } from "../../features/intel/findings/schema.ts";
import { ask } from "../api/client.ts";
import { partName } from "../devices/parts/part-cells.tsx";
import { PartSupport } from "../devices/support/part-support.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { counted, STATE_WORD } from "../kit/words.ts";

interface Props {
  /** With its group, as findings name it. */
  name: string;
  /** The release it is named in, and its version there; null: wherever it has findings. */
  here: { releaseId: string; version: string | null } | null;
}

const MOST = 100;
const NAMED = 3;

/** What a component is, who keeps it and for how long, what was found in it, and where. */
export function ComponentCard({ name, here }: Props) {
  const found = useQuery(ask.findings.list.queryOptions({ input: { component: name, limit: MOST } }));
  const first = found.data?.items[0];
  const releaseId = here?.releaseId ?? first?.release.id;
  const version = here === null ? first?.component.version : here.version;
  const short = name.split("/").at(-1) ?? name;
  const parts = useQuery(
    ask.parts.list.queryOptions({
      input: { id: releaseId ?? "", text: short, limit: MOST },
      enabled: releaseId !== undefined,
    }),
  );
  const error = found.error ?? parts.error;
  if (error !== null) return <ProblemNotice error={error} />;
  if (found.data === undefined || (releaseId !== undefined && parts.data === undefined))
    return <LoadingRows rows={4} height={22} />;
  const named = (parts.data?.items ?? []).filter((part) => partName(part) === name);
  const part = named.find((one) => one.version === version) ?? named[0];
  const { items, total } = found.data;
  return (
    <>
      <p className="object-card-title">
        <b>{name}</b> <span className="num">{part?.version ?? version ?? "no version"}</span>
      </p>
      {part !== undefined && (
        <dl className="facts">
          <dt>Supplier</dt>
          <dd>{part.supplier ?? <span className="cell-dim">not stated</span>}</dd>
          <dt>Licence</dt>
          <dd>{part.licenses.join(", ") || <span className="cell-dim">not stated</span>}</dd>
          <dt>Support</dt>
          <dd>
            <PartSupport support={part.support} />
          </dd>
        </dl>
      )}
      {items.length === 0 ? (
        <p>{part?.unmatched == null ? "No finding in any release." : `Cannot be looked up: ${part.unmatched}`}</p>
      ) : (
        <>
          <p>
            {counted(total.count, "finding")}: {byState(items)}
            {total.count > items.length && <span className="quiet"> of the first {items.length}</span>}
          </p>
          <p className="quiet">Found in {places(items)}</p>
        </>
      )}
    </>
  );
}

/** "2 new, 1 affected, 4 fixed": in the order of their states. */
const byState = (items: readonly FindingRow[]): string =>
  Object.entries(STATE_WORD)
    .map(([state, word]) => ({ word: word.toLowerCase(), count: items.filter((one) => one.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`)
    .join(", ");

function places(items: readonly FindingRow[]): string {
  const all = [
    ...new Set(
      items.map(
        ({ device, release, component }) => `${device.name} ${release.version} (${component.version ?? "no version"})`,
      ),
    ),
  ];
  const more = all.length - NAMED;
  return `${all.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${counted(more, "more release")}` : ""}`;
}
