import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ask } from "../../api/client.ts";
import { LoadingRows } from "../../kit/loading.tsx";
import { Section } from "../../kit/section.tsx";
import { When } from "../../kit/when.tsx";
import { SupportCounts } from "./support-counts.tsx";
import { SupportPicture } from "./support-picture.tsx";

/** How long the parts of a release are supported: what is out, what ends soon, what nobody knows, and the years ahead. */
export function SupportSection({ deviceId, releaseId }: { deviceId: string; releaseId: string }) {
  const { data } = useQuery(ask.parts.support.queryOptions({ input: { id: releaseId } }));
  const navigate = useNavigate();
  if (data === undefined) return <LoadingRows rows={3} />;
  if (data.lookedAtOn === null) return null;
  const { counts, next } = data;
  const known = Object.entries(counts).some(([bucket, count]) => bucket !== "unknown" && count > 0);
  return (
    <Section
      title="Support of its parts"
      actions={
        <Link to="/devices/$deviceId/parts" params={{ deviceId }} search={{ release: releaseId, sort: "support" }}>
          By end of support
        </Link>
      }
    >
      <SupportCounts
        counts={counts}
        onShow={(support) =>
          void navigate({
            to: "/devices/$deviceId/parts",
            params: { deviceId },
            search: { release: releaseId, support },
          })
        }
      />
      {next !== null && (
        <p>
          Next: <b>{next.name}</b>, <When at={next.on} />
        </p>
      )}
      {known ? (
        <SupportPicture support={data} />
      ) : (
        <p className="quiet">
          No source says how long these parts are supported. Add endoflife.date's product pages, or Debian's and
          RustSec's lists, as a <Link to="/threats/feeds">source</Link>.
        </p>
      )}
    </Section>
  );
}
