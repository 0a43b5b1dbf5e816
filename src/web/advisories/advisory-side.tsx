import { SegmentedControl } from "@mantine/core";
import type { AdvisoryContent, Preview } from "../../features/publish/schema.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { AsRead } from "./as-read.tsx";
import { Checks } from "./checks.tsx";

export type SideView = "reader" | "csaf";

interface Props {
  trackingId: string;
  content: AdvisoryContent;
  preview: Preview | undefined;
  error: unknown;
  checking: boolean;
  view: SideView;
  onView: (view: SideView) => void;
}

/** What the standard says against it, and what would go out: as a person reads it, or as a program does. */
export function AdvisorySide({ trackingId, content, preview, error, checking, view, onView }: Props) {
  return (
    <aside className="advisory-side" aria-label="What would go out">
      {error !== null && <ProblemNotice error={error} />}
      {error === null && preview === undefined && <LoadingRows rows={3} />}
      {preview !== undefined && <Checks {...preview} checking={checking} />}
      <SegmentedControl
        size="xs"
        aria-label="Show it as"
        data={[
          { value: "reader", label: "As a reader sees it" },
          { value: "csaf", label: "CSAF document" },
        ]}
        value={view}
        onChange={(value) => onView(value === "csaf" ? "csaf" : "reader")}
      />
      {view === "reader" ? (
        <AsRead trackingId={trackingId} content={content} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre className="csaf-text" tabIndex={0}>
          {preview?.document ?? "Not yet: something is missing, see above."}
        </pre>
      )}
    </aside>
  );
}
