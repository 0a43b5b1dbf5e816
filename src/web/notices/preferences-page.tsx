import { Button, Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Cadence, type MailTrouble, NoticeKind, type NoticePreferences } from "../../features/work/notices/schema.ts";
import { ask } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { Feeds } from "../calendar/feeds.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { Mark } from "../kit/mark.tsx";
import { say } from "../kit/notify.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";
import { CADENCE_WORD, KIND_WORD } from "./kind-words.ts";
import { MailTroubleNote } from "./mail-trouble.tsx";

/** What I am mailed and when, and the address of my calendar. */
export function PreferencesPage() {
  const me = useMe();
  const preferences = useQuery(ask.notices.preferences.queryOptions());
  return (
    <div className="page page-narrow">
      <p className="crumb">
        <Link to="/notices">Notices</Link>
      </p>
      <PageHead title="My notices and calendar" question={`What reaches ${me.email}, and when?`} />
      {preferences.error !== null && <ProblemNotice error={preferences.error} onRetry={preferences.refetch} />}
      {preferences.data === undefined ? <LoadingRows rows={6} height={56} /> : <Mails preferences={preferences.data} />}
      <Feeds />
    </div>
  );
}

function Mails({
  preferences,
}: {
  preferences: NoticePreferences & { mailIsSetUp: boolean; mailTrouble: MailTrouble | null };
}) {
  const { mailIsSetUp, mailTrouble, ...start } = preferences;
  const queries = useQueryClient();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [chosen, setChosen] = useState<NoticePreferences>(start);
  const save = useMutation(
    ask.notices.setPreferences.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.notices.key() });
        say("Saved");
      },
    }),
  );
  return (
    <Section
      title="Mail"
      note="In Cordon every notice stands at once. By mail as you choose; what comes together is one mail."
    >
      {!mailIsSetUp && (
        <p className="note-warn">
          <Mark shape="triangle" />
          <span>
            No mail server is set up, so nothing is mailed. Whoever runs Cordon sets <code>mail.host</code> and{" "}
            <code>mail.from</code>.
          </span>
        </p>
      )}
      {mailTrouble !== null && <MailTroubleNote trouble={mailTrouble} />}
      <ul className="items">
        {NoticeKind.options.map((kind) => (
          <li key={kind} className="preference">
            <span id={`kind-${kind}`}>{KIND_WORD[kind]}</span>
            <Select
              aria-labelledby={`kind-${kind}`}
              size="xs"
              w={150}
              allowDeselect={false}
              data={Cadence.options.map((value) => ({ value, label: CADENCE_WORD[value] }))}
              value={chosen.cadence[kind]}
              onChange={(value) =>
                setChosen({ ...chosen, cadence: { ...chosen.cadence, [kind]: Cadence.parse(value) } })
              }
            />
          </li>
        ))}
      </ul>
      <div className="form-row">
        <Select
          label="Daily and weekly mails at"
          allowDeselect={false}
          data={HOURS}
          value={String(chosen.hour)}
          onChange={(value) => setChosen({ ...chosen, hour: Number(value) })}
        />
        <Select
          label="Weekly ones on"
          allowDeselect={false}
          data={DAYS.map((label, i) => ({ value: String(i + 1), label }))}
          value={String(chosen.weekday)}
          onChange={(value) => setChosen({ ...chosen, weekday: Number(value) })}
        />
        <Select
          label="Time zone"
          searchable
          allowDeselect={false}
          data={[...new Set(["UTC", own, ...Intl.supportedValuesOf("timeZone")])]}
          value={chosen.timeZone}
          onChange={(value) => value !== null && setChosen({ ...chosen, timeZone: value })}
        />
      </div>
      {save.error !== null && <ProblemNotice error={save.error} />}
      <div className="form-end form-end-apart">
        <Button loading={save.isPending} onClick={() => save.mutate(chosen)}>
          Save
        </Button>
      </div>
    </Section>
  );
}

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00`,
}));
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
