import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Decision, FindingDetail, State } from "../../features/intel/findings/schema.ts";
import { TellCustomers } from "../advisories/tell-customers.tsx";
import { ask } from "../api/client.ts";
import { RunningClocks } from "../clocks/running-clocks.tsx";
import { ExploitedBadge, HarmBadge, Score, StateBadge } from "../kit/badges.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { Panel } from "../kit/panel.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { When } from "../kit/when.tsx";
import { JUSTIFICATION_WORD } from "../kit/words.ts";
import { HowBad } from "../risk/how-bad.tsx";
import { Assignee } from "./assignee.tsx";
import { Chance } from "./chance.tsx";
import { DecideBar } from "./decide-bar.tsx";
import { FindingHistory } from "./finding-history.tsx";
import { OthersSay } from "./others-say.tsx";
import { Upstream } from "./upstream.tsx";
import { versioned } from "./versioned.ts";

interface Props {
  id: string;
  onClose: () => void;
  asking: State | null;
  onAsk: (state: State | null) => void;
  onDecide?: (decision: Decision) => void;
}

/** One finding: what it is, why we say so, what upstream says, what was decided, and by whom. */
export function FindingPanel({ id, onClose, onDecide, ...decide }: Props) {
  const { data, error, refetch } = useQuery(ask.findings.get.queryOptions({ input: { id } }));
  return (
    <Panel title={data?.advisory ?? "Finding"} onClose={onClose}>
      {error !== null && data === undefined && <ProblemNotice error={error} onRetry={refetch} />}
      {error === null && data === undefined && <LoadingRows rows={6} />}
      {data !== undefined && (
        <div className="detail">
          <header>
            <h2>{data.advisory}</h2>
            {data.aliases.length > 0 && <p className="quiet aliases">{data.aliases.join(" · ")}</p>}
            <p className="detail-title">{data.title}</p>
            <p className="detail-badges">
              {data.harm !== null && <HarmBadge harm={data.harm} />}
              {data.exploited !== null && (
                <ExploitedBadge since={data.exploited.since} ransomware={data.exploited.ransomware} />
              )}
              <StateBadge state={data.state} suspect={data.suspect} />
              <Score severity={data.severity} />
            </p>
            <p className="stands-here">{data.standsHere}</p>
          </header>
          {onDecide !== undefined && <DecideBar {...decide} current={data.state} onDecide={onDecide} />}
          <HowBad advisory={data.advisory} places={[{ releaseId: data.release.id, label: data.release.version }]} />
          <Decided finding={data} />
          <TellCustomers advisory={data.advisory} />
          <Why finding={data} />
          <OthersSay findingId={data.id} />
          <Assignee finding={data} mayChange={onDecide !== undefined} />
          <Elsewhere finding={data} />
          <RunningClocks subjectType="risk" subjectId={`${data.release.id}:${data.advisory}`} />
          <Upstream {...data} />
          <FindingHistory events={data.events} />
        </div>
      )}
    </Panel>
  );
}

function Decided({ finding }: { finding: FindingDetail }) {
  if (finding.decidedAt === null) return null;
  return (
    <p className="decided">
      {finding.justification !== null && <b>{JUSTIFICATION_WORD[finding.justification]}. </b>}
      {finding.note !== "" && <span>{finding.note} </span>}
      <small>
        {finding.decidedBy}, <When at={finding.decidedAt} />
      </small>
    </p>
  );
}

function Why({ finding }: { finding: FindingDetail }) {
  const { because, component, fixedIn, exploited } = finding;
  return (
    <section>
      <h3>Why we say so</h3>
      <dl className="facts">
        <dt>Part</dt>
        <dd>
          <Link
            to="/devices/$deviceId/parts"
            params={{ deviceId: finding.device.id }}
            search={{ release: finding.release.id, text: component.name }}
          >
            {versioned(component)}
          </Link>
          {finding.goneAt !== null && (
            <span className="quiet">
              {" "}
              gone since <When at={finding.goneAt} />
            </span>
          )}
        </dd>
        <dt>Range</dt>
        <dd className="mono">{because.range}</dd>
        <dt>Rule</dt>
        <dd>{because.rule}</dd>
        <dt>Source</dt>
        <dd>
          {because.source}, <span className="mono">{because.record}</span>
        </dd>
        <dt>Fixed in</dt>
        <dd>{fixedIn.length > 0 ? fixedIn.join(", ") : <span className="cell-dim">no fixed version named</span>}</dd>
        {exploited !== null && (
          <>
            <dt>Exploited</dt>
            <dd>
              since <When at={exploited.since} />
              {exploited.ransomware && ", also by ransomware"}
              {exploited.dueOn !== null && (
                <>
                  ; CISA's date <When at={exploited.dueOn} />
                </>
              )}
            </dd>
          </>
        )}
        <dt>EPSS</dt>
        <dd>
          <Chance epss={finding.epss} />
        </dd>
        <dt>CVSS</dt>
        <dd>
          {finding.severity.vector === null ? (
            <Score severity={finding.severity} />
          ) : (
            <span className="mono small-print">{finding.severity.vector}</span>
          )}{" "}
          <small className="quiet">{finding.severity.source}</small>
        </dd>
      </dl>
    </section>
  );
}

function Elsewhere({ finding }: { finding: FindingDetail }) {
  if (finding.elsewhere.length === 0) return null;
  return (
    <section>
      <h3>Also in</h3>
      <ul className="side-list">
        {finding.elsewhere.map((other) => (
          <li key={other.id}>
            <Link
              to="/devices/$deviceId/findings"
              params={{ deviceId: other.device.id }}
              search={{ release: other.release.id, finding: other.id }}
            >
              {other.device.name} {other.release.version}
            </Link>
            <span>
              {versioned(other.component)} <StateBadge state={other.state} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
