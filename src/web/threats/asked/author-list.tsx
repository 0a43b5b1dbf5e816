import { Checkbox, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { TRUSTS, type VexSource } from "../../../features/intel/statements/schema.ts";
import { ask } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { Empty } from "../../kit/empty.tsx";
import { LoadingRows } from "../../kit/loading.tsx";
import { sayProblem } from "../../kit/notify.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { Section } from "../../kit/section.tsx";
import { When } from "../../kit/when.tsx";
import { counted, TRUST_WORD } from "../../kit/words.ts";

const MAY_SET = TRUSTS.filter((trust) => trust !== "unknown");

/** Authors of statements: how far each is trusted, decided once, and whose statements set a finding's state. */
export function AuthorList() {
  const may = useMay();
  const queries = useQueryClient();
  const sources = useQuery(ask.vex.sources.queryOptions());
  const refresh = { onSettled: () => queries.invalidateQueries(), onError: sayProblem };
  const setTrust = useMutation(ask.vex.setTrust.mutationOptions(refresh));
  const setRule = useMutation(ask.vex.setRule.mutationOptions(refresh));
  if (sources.error !== null) return <ProblemNotice error={sources.error} onRetry={sources.refetch} />;
  if (sources.data === undefined) return <LoadingRows rows={4} />;
  const { items, sets, ruleRevision } = sources.data;
  const mayManage = may("vex:manage");
  return (
    <>
      <Section
        title="Whose statements set a finding's state"
        note="All others are proposed to a person. What a person decided is never changed by a statement."
      >
        <div className="checks">
          {MAY_SET.map((trust) => (
            <Checkbox
              key={trust}
              label={TRUST_WORD[trust]}
              checked={sets.includes(trust)}
              disabled={!mayManage || setRule.isPending}
              onChange={(event) =>
                setRule.mutate({
                  revision: ruleRevision,
                  sets: MAY_SET.filter((one) => (one === trust ? event.currentTarget.checked : sets.includes(one))),
                })
              }
            />
          ))}
        </div>
      </Section>
      <Section
        title="Authors"
        count={items.length}
        note="Decided once for each author, and remembered for every later document."
      >
        {items.length === 0 ? (
          <Empty title="No author yet">
            <p>Authors come with the first VEX document: under Devices, Parts, VEX.</p>
          </Empty>
        ) : (
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">Author</th>
                  <th scope="col">Statements</th>
                  <th scope="col">Trust</th>
                  <th scope="col">Decided</th>
                </tr>
              </thead>
              <tbody>
                {items.map((source) => (
                  <tr key={source.id}>
                    <th scope="row">
                      {source.name || "An unnamed author"}
                      {source.name === "" && <small>Documents that name nobody stay undecided</small>}
                    </th>
                    <td className="num">{counted(source.statements, "statement")}</td>
                    <td>
                      <Select
                        size="xs"
                        w={190}
                        aria-label={`Trust in ${source.name || "an unnamed author"}`}
                        allowDeselect={false}
                        disabled={!mayManage || source.name === "" || setTrust.isPending}
                        data={TRUSTS.map((value) => ({ value, label: TRUST_WORD[value] }))}
                        value={source.trust}
                        onChange={(value) => {
                          const trust = TRUSTS.find((one) => one === value);
                          if (trust !== undefined) setTrust.mutate({ id: source.id, revision: source.revision, trust });
                        }}
                      />
                    </td>
                    <td>
                      <Decided source={source} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
    </>
  );
}

function Decided({ source: { decidedAt, decidedBy } }: { source: VexSource }) {
  if (decidedAt === null) return <span className="tone-warn">not yet</span>;
  return (
    <>
      <When at={decidedAt} />
      <small>{decidedBy}</small>
    </>
  );
}
