import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/client.ts";
import { HarmBadge, worstHarm } from "../kit/badges.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { SafetySentence } from "../kit/safety-sentence.tsx";
import { SeverityBar } from "../kit/severity-bar.tsx";
import { counted, PHASE_WORD } from "../kit/words.ts";

/** A device where it is named: how safe it is, where in its life, and what is open. */
export function DeviceObjectCard({ deviceId }: { deviceId: string }) {
  const { data, error } = useQuery(ask.devices.get.queryOptions({ input: { id: deviceId } }));
  if (error !== null) return <ProblemNotice error={error} />;
  if (data === undefined) return <LoadingRows rows={4} height={22} />;
  const { name, release, counts, functions, components, units, releases, sentence } = data;
  const harm = worstHarm(functions);
  return (
    <>
      <p className="object-card-title">
        <b>{name}</b>
        {harm !== null && <HarmBadge harm={harm} quiet={counts === null || counts.open === 0} />}
      </p>
      <p className="quiet">
        {release === null ? "No release yet" : `${release.version}, ${PHASE_WORD[release.phase].toLowerCase()}`}
      </p>
      <SafetySentence sentence={sentence} deviceId={deviceId} releaseId={release?.id} linked={false} />
      {counts !== null && <SeverityBar counts={counts} numbers={false} />}
      <p className="quiet num">
        {counts === null ? "Not compared with advisories yet" : counted(counts.open, "open finding")} ·{" "}
        {components === null ? "no SBOM" : counted(components, "part")} · {counted(units, "unit")} ·{" "}
        {counted(releases, "release")}
      </p>
    </>
  );
}
