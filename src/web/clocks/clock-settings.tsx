import { Button, Select, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { periodText } from "../../features/work/clocks/due.ts";
import type { ClockSettings as Settings } from "../../features/work/clocks/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { say } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";

/** Which instruments start clocks here, and in which time zone days end. */
export function ClockSettings() {
  const settings = useQuery(ask.clocks.settings.queryOptions());
  if (settings.error !== null) return <ProblemNotice error={settings.error} onRetry={settings.refetch} />;
  if (settings.data === undefined) return <LoadingRows rows={6} height={60} />;
  return <Form key={settings.data.revision} settings={settings.data} />;
}

function Form({ settings }: { settings: Settings }) {
  const queries = useQueryClient();
  const may = useMay()("organization:manage");
  const [timeZone, setTimeZone] = useState(settings.timeZone);
  const [off, setOff] = useState(
    settings.instruments.filter(({ on, status }) => !on && status === "in-force").map(({ instrument }) => instrument),
  );
  const save = useMutation(
    ask.clocks.changeSettings.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.clocks.key() });
        say("Saved. Clocks that run keep their time");
      },
    }),
  );
  return (
    <>
      <Section
        title="Where days end"
        note="Due means: by the end of the day in this time zone. Clocks that run keep theirs."
      >
        <Select
          label="Time zone"
          searchable
          disabled={!may}
          data={ZONES}
          value={timeZone}
          onChange={(value) => value !== null && setTimeZone(value)}
          maw={320}
        />
      </Section>
      <Section title="What starts clocks here" note="Each is one dated edition; switch off what does not apply to you.">
        <ul className="items">
          {settings.instruments.map((one) => (
            <li key={`${one.instrument}${one.edition}`} className="instrument">
              <Switch
                checked={one.status === "in-force" && !off.includes(one.instrument)}
                disabled={!may || one.status === "proposed"}
                onChange={({ currentTarget }) =>
                  setOff(
                    currentTarget.checked ? off.filter((name) => name !== one.instrument) : [...off, one.instrument],
                  )
                }
                label={
                  <>
                    <b>{one.title}</b>{" "}
                    <span className="quiet">
                      {one.market}, {one.status === "proposed" ? "proposed, not in force" : "edition of "}
                      {one.status === "in-force" && <When at={one.edition} bare />}
                    </span>
                  </>
                }
                description={`${one.appliesTo}. ${one.clocks.map(({ task, due }) => `${task}: ${periodText(due)}`).join("; ")}.`}
              />
            </li>
          ))}
        </ul>
        {save.error !== null && <ProblemNotice error={save.error} />}
        {may ? (
          <div className="form-end">
            <Button
              loading={save.isPending}
              onClick={() => save.mutate({ revision: settings.revision, timeZone, off })}
            >
              Save
            </Button>
          </div>
        ) : (
          <p className="quiet">An administrator changes these.</p>
        )}
      </Section>
    </>
  );
}

const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
