import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { AdvisoryRevision } from "../../features/publish/schema.ts";
import { api } from "../api/client.ts";
import { sayProblem } from "../kit/notify.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { saveFile } from "./save-file.ts";

/** Every issue as it went out: by whom, what changed, and its very bytes. */
export function Issues({ id, revisions }: { id: string; revisions: readonly AdvisoryRevision[] }) {
  if (revisions.length === 0) return null;
  const take = (number: number) =>
    api.publish
      .issue({ id, number })
      .then(({ document, fileName }) => saveFile(new Blob([document], { type: "application/json" }), fileName))
      .catch(sayProblem);
  return (
    <Section
      title="Issues"
      count={revisions.length}
      note="What was published never changes; a correction is a new issue."
    >
      <ol className="runs" reversed>
        {revisions.toReversed().map((one) => (
          <li key={one.number}>
            <b className="num">{one.number}</b>
            <div>
              <p>
                {one.summary} <span className="quiet">{one.status === "interim" && "(interim)"}</span>
              </p>
              <p className="quiet">
                Signed by {one.publishedBy}, <When at={one.publishedAt} time />
              </p>
              <p className="quiet small-print mono">SHA-256 {one.sha256}</p>
            </div>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconDownload size={14} />}
              aria-label={`Download issue ${one.number}`}
              onClick={() => take(one.number)}
            >
              CSAF
            </Button>
          </li>
        ))}
      </ol>
    </Section>
  );
}
