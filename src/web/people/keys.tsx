import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../api/client.ts";
import { CopyLine } from "../kit/copy-line.tsx";
import { Empty } from "../kit/empty.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { Mark } from "../kit/mark.tsx";
import { say, sayProblem } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { MakeKey } from "./make-key.tsx";

/** Keys for pipelines: scoped, expiring, shown once. */
export function Keys() {
  const queries = useQueryClient();
  const keys = useQuery(ask.people.keys.list.queryOptions());
  const [making, setMaking] = useState(false);
  const revoke = useMutation(
    ask.people.keys.revoke.mutationOptions({
      onSuccess: ({ name }) => {
        void queries.invalidateQueries({ queryKey: ask.people.keys.key() });
        say(`${name} is revoked and works no more`);
      },
      onError: sayProblem,
    }),
  );
  if (keys.error !== null) return <ProblemNotice error={keys.error} onRetry={keys.refetch} />;
  if (keys.data === undefined) return <LoadingRows rows={4} height={58} />;
  const { items } = keys.data;
  return (
    <Section
      title="API keys"
      count={items.length}
      note="A key does at most what its scopes and its maker's present roles both allow."
      actions={
        <Button size="xs" onClick={() => setMaking(true)}>
          Make a key
        </Button>
      }
    >
      {items.length === 0 ? (
        <Empty title="No key yet">
          <p>
            A pipeline uploads the SBOM of every build with a key in CORDON_API_KEY that may sbom:upload and
            device:read:
          </p>
          <CopyLine text={`./cordon sbom upload sbom.json --release RELEASE --server ${location.origin}`} />
        </Empty>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Key</th>
                <th scope="col">May</th>
                <th scope="col">Expires</th>
                <th scope="col" className="wide-only">
                  Last used
                </th>
                <th scope="col">
                  <span className="sr-only">Revoke</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((key) => (
                <tr key={key.id} className={key.state === "active" ? "" : "row-gone"}>
                  <th scope="row">
                    {key.name}
                    <small>
                      <span className="mono">{key.start}…</span> by {key.createdBy}
                    </small>
                  </th>
                  <td className="mono small-print">{key.scopes.join(", ")}</td>
                  <td>
                    {key.state === "active" ? (
                      <When at={key.expiresAt} />
                    ) : (
                      <span className="state">
                        <Mark shape="dash" />
                        {key.state === "revoked" ? "Revoked" : "Expired"}
                      </span>
                    )}
                  </td>
                  <td className="wide-only">
                    {key.lastUsedAt === null ? <span className="cell-dim">never</span> : <When at={key.lastUsedAt} />}
                  </td>
                  <td className="right">
                    {key.state === "active" && (
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        color="gray"
                        onClick={() => revoke.mutate({ id: key.id })}
                      >
                        Revoke<span className="sr-only"> {key.name}</span>
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {making && <MakeKey onClose={() => setMaking(false)} />}
    </Section>
  );
}
