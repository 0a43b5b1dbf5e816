import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DeviceFda } from "../../../features/intel/fda/schema.ts";
import { ask } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { LoadingRows } from "../../kit/loading.tsx";
import { Section } from "../../kit/section.tsx";
import { When } from "../../kit/when.tsx";
import { RecallItem } from "./recall-item.tsx";
import { ReportBars } from "./report-bars.tsx";

const FIRST = 3;

/** What the FDA lists that may be about the device: to look at, with the reasons and the age of the data. */
export function FdaSection({ deviceId }: { deviceId: string }) {
  const { data } = useQuery(ask.fda.ofDevice.queryOptions({ input: { id: deviceId } }));
  const may = useMay();
  if (data === undefined) return <LoadingRows rows={3} />;
  if (data.recallSource === null && data.reportSource === null)
    return (
      <Section title="Recalls and reports at the FDA">
        <p className="quiet">
          Not looked up.{" "}
          {may("intel:manage") ? (
            <>
              Add <Link to="/threats/feeds">FDA device recalls or adverse event reports</Link> as a source.
            </>
          ) : (
            "An administrator can add the FDA's recalls and report counts as sources under Threats."
          )}
        </p>
      </Section>
    );
  return (
    <Section
      title="Recalls and reports at the FDA"
      count={data.recallSource === null ? undefined : data.recalls.length}
      note="What may be about this device, by its maker and its name. Look at each: it is no finding by itself."
    >
      <Recalls fda={data} />
      <Reports fda={data} />
    </Section>
  );
}

function Recalls({ fda: { recallSource, recalls } }: { fda: DeviceFda }) {
  const [all, setAll] = useState(false);
  if (recallSource === null)
    return (
      <p className="quiet">
        Recalls are not looked up; they are a <Link to="/threats/feeds">source</Link> of their own.
      </p>
    );
  const shown = all ? recalls : recalls.slice(0, FIRST);
  return (
    <>
      {recalls.length === 0 ? (
        <p className="quiet">
          {recallSource.succeededAt === null
            ? "Not looked up yet; it is done at the next run of the sources."
            : "No recall of this maker names a product like it."}
        </p>
      ) : (
        <ul className="recalls">
          {shown.map((recall) => (
            <RecallItem key={recall.number} recall={recall} />
          ))}
        </ul>
      )}
      {recalls.length > shown.length && (
        <button type="button" className="fda-more" onClick={() => setAll(true)}>
          Show all {recalls.length}
        </button>
      )}
      <Age what="Recalls" source={recallSource} />
    </>
  );
}

function Reports({ fda: { reportSource, reports } }: { fda: DeviceFda }) {
  if (reportSource === null)
    return (
      <p className="quiet">
        Reports are not counted; they are a <Link to="/threats/feeds">source</Link> of their own.
      </p>
    );
  return (
    <>
      {reports === null ? (
        <p className="quiet">
          Reports are not counted yet. It takes a maker, and a name with a word or number that tells this device from
          others.
        </p>
      ) : (
        <ReportBars counts={reports} />
      )}
      <Age what="Reports" source={reportSource} />
    </>
  );
}

function Age({ what, source }: { what: string; source: NonNullable<DeviceFda["recallSource"]> }) {
  return (
    <p className="fda-age quiet">
      {source.succeededAt !== null && (
        <>
          {what} as asked on <When at={source.succeededAt} />
        </>
      )}
      {source.failure !== null && <span className="fda-late"> The last try failed: {source.failure}.</span>}
    </p>
  );
}
