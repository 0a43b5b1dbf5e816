import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { CaseDetail } from "../../features/disclosure/schema.ts";
import { ask } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { say, sayProblem } from "../kit/notify.tsx";
import { When } from "../kit/when.tsx";

interface Props {
  report: CaseDetail;
  mayHandle: boolean;
}

/** Who answers for the case, what it is about, until when it stays between us, and its clocks. */
export function CaseFacts({ report, mayHandle }: Props) {
  const clocks = useQuery(
    ask.clocks.list.queryOptions({ input: { subjectType: "report", subjectId: report.id, show: "all", limit: 20 } }),
  ).data?.items;
  return (
    <aside aria-label="About this case">
      {mayHandle ? <Change report={report} /> : <Shown report={report} />}
      {clocks !== undefined && clocks.length > 0 && (
        <section className="case-clocks">
          <h3>Clocks</h3>
          <ul className="side-list">
            {clocks.map((clock) => (
              <li key={clock.id}>
                <span>{clock.task}</span>
                <span className="quiet">
                  {clock.state === "running" || clock.state === "late" ? (
                    <>
                      due <When at={clock.dueAt} />
                    </>
                  ) : (
                    clock.state.replace("-", " ")
                  )}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}

function Change({ report }: { report: CaseDetail }) {
  const queries = useQueryClient();
  const me = useMe();
  const people = useQuery(ask.people.people.list.queryOptions()).data?.items ?? [];
  const devices = useQuery(ask.devices.list.queryOptions({ input: { limit: 200 } })).data?.items ?? [];
  const [ownerId, setOwner] = useState(report.owner?.id ?? null);
  const [deviceId, setDevice] = useState(report.device?.id ?? null);
  const change = useMutation(
    ask.disclosure.change.mutationOptions({
      onSuccess: () => {
        say("Kept");
        return queries.invalidateQueries({ queryKey: ask.disclosure.key() });
      },
      onError: sayProblem,
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    change.mutate({
      id: report.id,
      revision: report.revision,
      ownerId,
      deviceId,
      advisory: text("advisory") || null,
      embargoOn: text("embargoOn") || null,
      credit: text("credit"),
    });
  };
  const owners = people
    .filter(({ state }) => state === "active")
    .map(({ userId, name }) => ({ value: userId, label: userId === me.userId ? `${name} (me)` : name }));
  return (
    <form onSubmit={submit} className="form">
      <Select
        label="Who answers for it"
        placeholder="Nobody yet"
        clearable
        searchable
        data={owners}
        value={ownerId}
        onChange={setOwner}
      />
      <Select
        label="Device"
        placeholder="Not known yet"
        clearable
        searchable
        data={devices.map(({ id, name }) => ({ value: id, label: name }))}
        value={deviceId}
        onChange={setDevice}
      />
      <TextInput
        label="Vulnerability"
        description="Its CVE, once there is one"
        name="advisory"
        defaultValue={report.advisory ?? ""}
        maxLength={200}
      />
      <TextInput
        label="Not published before"
        description="As agreed with the reporter"
        type="date"
        name="embargoOn"
        defaultValue={report.embargoOn ?? ""}
      />
      <TextInput
        label="Thanks in the advisory to"
        name="credit"
        defaultValue={report.credit || report.creditWish}
        maxLength={200}
      />
      <div className="form-end">
        <Button type="submit" size="xs" loading={change.isPending}>
          Keep
        </Button>
      </div>
    </form>
  );
}

const Shown = ({ report }: { report: CaseDetail }) => (
  <dl className="facts">
    <dt>Answers</dt>
    <dd>{report.owner?.name ?? "nobody yet"}</dd>
    <dt>Device</dt>
    <dd>
      {report.device === null ? (
        "not known yet"
      ) : (
        <Link to="/devices/$deviceId" params={{ deviceId: report.device.id }}>
          {report.device.name}
        </Link>
      )}
    </dd>
    {report.embargoOn !== null && (
      <>
        <dt>Not before</dt>
        <dd>
          <When at={report.embargoOn} />
        </dd>
      </>
    )}
  </dl>
);
