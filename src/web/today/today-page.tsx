import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ask } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { RunningClocks } from "../clocks/running-clocks.tsx";
import { LoadingPage } from "../kit/loading.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { ProofsEnding, UndecidedTests } from "./evidence-lists.tsx";
import { FindingList } from "./finding-list.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { IntelState } from "./intel-state.tsx";
import { MailState } from "./mail-state.tsx";
import { EndsOfSupport, MissingSboms, PartsEnding, Worse } from "./side-lists.tsx";
import { nothingWaits, todaySentence } from "./today-sentence.ts";
import { WaitingReports } from "./waiting-reports.tsx";

/** What needs me? The sentence first, then the lists behind it. */
export function TodayPage() {
  const me = useMe();
  const today = useQuery(ask.work.today.queryOptions({ refetchInterval: 60_000 }));
  if (today.error !== null && today.data === undefined)
    return (
      <div className="page">
        <ProblemNotice error={today.error} onRetry={today.refetch} />
      </div>
    );
  if (today.data === undefined) return <LoadingPage />;
  const { noDevice, newFindings, reports, mine, suspect, worse, missingSbom, endOfSupport, partsEnding, intel } =
    today.data;
  const { testFindings, proofsEnding, mail } = today.data;
  return (
    <div className="page">
      <PageHead
        title={`Good ${partOfDay(new Date())}, ${me.name.split(" ")[0]}`}
        question={dayText(new Date())}
        actions={
          <>
            <Link to="/today/clocks">Clocks</Link>
            <Link to="/today/calendar">Calendar</Link>
          </>
        }
      />
      <p className="sentence">
        {todaySentence(today.data).map(({ text, tone }) => (
          <span key={text} className={`tone-${tone}`}>
            {text}
          </span>
        ))}
      </p>
      <div className="today">
        <div>
          {reports.count > 0 && <WaitingReports reports={reports} />}
          {(noDevice || intel.none) && <FirstSteps noDevice={noDevice} intel={intel} />}
          {!noDevice && (
            <>
              <FindingList
                title="New since yesterday"
                items={newFindings.items}
                count={newFindings.count}
                all={{ to: "/threats", search: { show: "new", sort: "newest" } }}
                empty="No new finding since yesterday."
              />
              <FindingList
                title="In triage with you"
                items={mine.items}
                count={mine.count}
                empty="Nothing is in triage with you."
              />
            </>
          )}
          {suspect.count > 0 && (
            <FindingList
              title="Look again"
              note="Decided for another version of the part than the one that is there now."
              items={suspect.items}
              count={suspect.count}
              empty=""
            />
          )}
        </div>
        <div>
          <RunningClocks />
          {mail !== null && <MailState mail={mail} />}
          <IntelState intel={intel} />
          {worse.length > 0 && <Worse worse={worse} />}
          {testFindings.length > 0 && <UndecidedTests waiting={testFindings} />}
          {proofsEnding.length > 0 && <ProofsEnding ending={proofsEnding} />}
          {endOfSupport.length > 0 && <EndsOfSupport clocks={endOfSupport} />}
          {partsEnding.length > 0 && <PartsEnding ending={partsEnding} />}
          {missingSbom.length > 0 && <MissingSboms missing={missingSbom} />}
          {!noDevice && nothingWaits(today.data) && (
            <p className="quiet">Nothing got worse, every release has its SBOM.</p>
          )}
        </div>
      </div>
    </div>
  );
}

const partOfDay = (now: Date) => (now.getHours() < 12 ? "morning" : now.getHours() < 18 ? "afternoon" : "evening");
const dayText = (now: Date) =>
  `What needs me? ${now.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" })}`;
