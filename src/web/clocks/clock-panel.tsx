import { Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { periodText } from "../../features/work/clocks/due.ts";
import type { Clock, Evidence } from "../../features/work/clocks/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { sayProblem } from "../kit/notify.tsx";
import { Panel } from "../kit/panel.tsx";
import { When } from "../kit/when.tsx";
import { StopClock, StoppedByMistake } from "./stop-clock.tsx";
import { TimeLeft } from "./time-left.tsx";

/** One clock: what it asks, why it runs, who answers, and how it ended. */
export function ClockPanel({ clock, onClose }: { clock: Clock; onClose: () => void }) {
  const may = useMay();
  const open = clock.state === "running" || clock.state === "late";
  const { deviceId } = clock.subject;
  return (
    <Panel title={clock.task} onClose={onClose}>
      <div className="detail" key={clock.id}>
        <header>
          <h2>{clock.task}</h2>
          <p className="detail-title">{clock.subject.label}</p>
        </header>
        <TimeLeft clock={clock} />
        <dl className="facts">
          <dt>Asked by</dt>
          <dd>
            <a href={clock.source} target="_blank" rel="noreferrer">
              {clock.title}
            </a>
            , {clock.section}, edition of <When at={clock.edition} bare />
          </dd>
          <dt>Time</dt>
          <dd>
            {periodText(clock.period)}
            {clock.toTheHour ? "" : `, to the end of the day in ${clock.timeZone.replaceAll("_", " ")}`}
          </dd>
          <dt>Counts from</dt>
          <dd>
            <When at={clock.startedAt} time /> <span className="quiet">{clock.startsWhen}.</span>
          </dd>
          <dt>Stops when</dt>
          <dd>{clock.stopsWhen}.</dd>
          <dt>Started by</dt>
          <dd>
            {clock.startedBy}: <Shown evidence={clock.startEvidence} />
          </dd>
          {clock.stop !== null && (
            <>
              <dt>Stopped</dt>
              <dd>
                <When at={clock.stop.at} time /> by {clock.stop.by}: <Shown evidence={clock.stop.evidence} />
              </dd>
            </>
          )}
          {clock.voided !== null && (
            <>
              <dt>Void</dt>
              <dd>
                <When at={clock.voided.at} /> by {clock.voided.by}: {clock.voided.reason}
              </dd>
            </>
          )}
          {deviceId !== null && (
            <>
              <dt>Device</dt>
              <dd>
                {clock.subject.type === "risk" ? (
                  <Link
                    to="/devices/$deviceId/findings"
                    params={{ deviceId }}
                    search={{ release: clock.subject.id.slice(0, 36), advisory: clock.subject.id.slice(37) }}
                  >
                    Open the findings
                  </Link>
                ) : clock.subject.type === "finding" ? (
                  <Link to="/devices/$deviceId/findings" params={{ deviceId }} search={{ finding: clock.subject.id }}>
                    Open the finding
                  </Link>
                ) : (
                  <Link to="/devices/$deviceId" params={{ deviceId }}>
                    Open the device
                  </Link>
                )}
              </dd>
            </>
          )}
        </dl>
        {open && <Owner clock={clock} mayChange={may("clock:manage")} />}
        {open && may("clock:manage") && <StopClock clock={clock} />}
        {clock.stop !== null && clock.voided === null && may("clock:manage") && <StoppedByMistake clock={clock} />}
      </div>
    </Panel>
  );
}

const Shown = ({ evidence }: { evidence: Evidence }) => (
  <>
    {evidence.text}
    {evidence.url !== undefined && (
      <>
        {" "}
        <a href={evidence.url} target="_blank" rel="noreferrer">
          {evidence.url}
        </a>
      </>
    )}
  </>
);

function Owner({ clock, mayChange }: { clock: Clock; mayChange: boolean }) {
  const queries = useQueryClient();
  const people = useQuery({ ...ask.people.people.list.queryOptions(), enabled: mayChange });
  const assign = useMutation(
    ask.clocks.assign.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: ask.clocks.key() }),
      onError: sayProblem,
    }),
  );
  if (!mayChange) return <p className="quiet">Answers for it: {clock.owner?.name ?? "nobody by name"}</p>;
  return (
    <Select
      label="Answers for it"
      description="Hears of it first; administrators too once little time is left."
      placeholder="Nobody by name"
      clearable
      clearButtonProps={{ "aria-label": "Nobody by name" }}
      searchable
      value={clock.owner?.id ?? null}
      data={(people.data?.items ?? [])
        .filter(({ state }) => state === "active")
        .map(({ userId, name }) => ({ value: userId, label: name }))}
      onChange={(userId) => assign.mutate({ id: clock.id, revision: clock.revision, userId })}
    />
  );
}
