import { Button, SegmentedControl } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DevicePair, PairVerdict } from "../../../features/intel/device-advisories/schema.ts";
import { api, ask } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { paging, usePages } from "../../api/use-pages.ts";
import { Empty } from "../../kit/empty.tsx";
import { LoadingRows } from "../../kit/loading.tsx";
import { Mark } from "../../kit/mark.tsx";
import { sayProblem, sayUndo } from "../../kit/notify.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { When } from "../../kit/when.tsx";
import { counted } from "../../kit/words.ts";

export const PAIR_STATES = [
  { value: "proposed", label: "To answer" },
  { value: "confirmed", label: "Confirmed" },
  { value: "rejected", label: "Rejected" },
] as const;
export type PairState = (typeof PAIR_STATES)[number]["value"];

const SAYS = { affected: "Affected", "not-affected": "Not affected", "not-decided": "Not decided" } as const;
const SAYS_SHAPE = { affected: "triangle", "not-affected": "dash", "not-decided": "ring" } as const;

interface Props {
  state: PairState;
  onState: (state: PairState) => void;
}

/** Devices that advisories may mean in words. A person says once whether they do; later advisories follow it. */
export function DeviceList({ state, onState }: Props) {
  const { query, rows, total } = usePages(
    ask.deviceAdvisories.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ cursor, limit: 50, state }),
      ...paging,
    }),
  );
  return (
    <>
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="Answered"
          className="segments"
          data={[...PAIR_STATES]}
          value={state}
          onChange={(value) => onState(PAIR_STATES.find((one) => one.value === value)?.value ?? "proposed")}
        />
      </div>
      {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
      {query.isPending && <LoadingRows rows={4} />}
      {total?.count === 0 && (
        <Empty title={state === "proposed" ? "No advisory waits for your word" : `Nothing is ${state} yet`} good>
          <p>
            Advisories about medical devices, such as CISA's, name maker, product and version in words. Each device
            here, our own or another maker's, is compared by its manufacturer, name, model and release.
          </p>
        </Empty>
      )}
      <ul className="asked">
        {rows.map((pair) => (
          <PairItem key={pair.id} pair={pair} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" size="xs" onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  );
}

function PairItem({ pair }: { pair: DevicePair }) {
  const may = useMay();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries();
  const { device, said } = pair;
  const decide = async (verdict: PairVerdict | null) => {
    try {
      const after = await api.deviceAdvisories.decide({ id: pair.id, revision: pair.revision, verdict });
      await refresh();
      const told = verdict === "same" ? "means" : verdict === "other" ? "does not mean" : "is asked again of";
      sayUndo(`“${said.name}” ${told} ${device.name}`, () =>
        api.deviceAdvisories.decide({ id: pair.id, revision: after.revision, verdict: pair.verdict }).then(refresh),
      );
    } catch (error) {
      sayProblem(error);
      await refresh();
    }
  };
  const [first] = pair.matches;
  return (
    <li className="asked-item">
      <header>
        <p>
          Advisories say{" "}
          <b>
            {said.vendor}: {said.name}
          </b>
        </p>
        <p>
          Is that{" "}
          <Link to="/devices/$deviceId" params={{ deviceId: device.id }}>
            <b>{device.name}</b>
          </Link>
          {device.model !== "" && `, model ${device.model}`}
          {device.manufacturer !== "" && `, of ${device.manufacturer}`}?
          {first !== undefined && <span className="quiet"> {first.grade} likeness</span>}
        </p>
        {pair.decidedAt !== null && (
          <p className="quiet">
            {pair.verdict === "same" ? "Confirmed" : "Rejected"} by {pair.decidedBy}, <When at={pair.decidedAt} />
          </p>
        )}
      </header>
      {first !== undefined && (
        <ul className="evidence">
          {first.evidence.slice(0, 2).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <ul className="asked-matches">
        {pair.matches.map((match) => (
          <li key={`${match.advisory}${match.release.id}`}>
            <span className={`says says-${match.says}`}>
              <Mark shape={SAYS_SHAPE[match.says]} />
              {SAYS[match.says]}
            </span>
            <span>
              release <span className="num">{match.release.version}</span> by <b>{match.advisory}</b>
              {match.publishedAt !== null && (
                <span className="quiet">
                  , <When at={match.publishedAt.slice(0, 10)} />
                </span>
              )}
              <small>
                {match.evidence.slice(2).join(". ")}.{" "}
                {counted(match.cves.filter((id) => id.startsWith("CVE-")).length, "vulnerability", "vulnerabilities")}
                {match.fixedIn.length > 0 && `; good from ${match.fixedIn.join(", ")}`}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {may("finding:decide") && (
        <div className="asked-answer">
          {pair.verdict !== "same" && (
            <Button size="xs" onClick={() => void decide("same")}>
              Yes, that is it
            </Button>
          )}
          {pair.verdict !== "other" && (
            <Button size="xs" variant="default" onClick={() => void decide("other")}>
              No, another device
            </Button>
          )}
          {pair.verdict !== null && (
            <Button size="xs" variant="subtle" onClick={() => void decide(null)}>
              Ask again
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
