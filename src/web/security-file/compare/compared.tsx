import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMemo } from "react";
import { diffFiles } from "../../../features/security-file/diff/diff-files.ts";
import { diffMarkdown } from "../../../features/security-file/diff/diff-markdown.ts";
import { indexOf } from "../../../features/security-file/links.ts";
import type { SecurityFile } from "../../../features/security-file/schema.ts";
import { saveFile } from "../../advisories/save-file.ts";
import { Empty } from "../../kit/empty.tsx";
import { Differences } from "./differences.tsx";
import { NoLonger } from "./no-longer.tsx";
import { ProposalPart } from "./proposal.tsx";

interface Release {
  id: string;
  version: string;
}

interface Props {
  device: string;
  here: Release;
  other: Release;
  before: SecurityFile;
  after: SecurityFile;
}

/** Two files side by side: FDA's question first, then what differs, then what no longer holds. */
export function Compared({ device, here, other, before, after }: Props) {
  const { diff, was, is } = useMemo(() => {
    const [old, now] = [indexOf(before), indexOf(after)];
    return {
      diff: diffFiles(before, after),
      was: (id: string) => old.get(id)?.item.name,
      is: (id: string) => now.get(id)?.item.name,
    };
  }, [before, after]);
  const { counts, invalidated } = diff;
  if (diff.items.length + diff.head.length === 0)
    return (
      <Empty title={`Nothing differs between ${other.version} and ${here.version}`} good>
        <p>Both releases have the same security file. Change the design of {here.version}, and it stands here.</p>
      </Empty>
    );
  const save = () => {
    const text = `${diffMarkdown(diff, `${device}: ${other.version} to ${here.version}`)}\n`;
    saveFile(new Blob([text], { type: "text/markdown" }), `changes ${other.version} to ${here.version}.md`);
  };
  const releaseOf = (id: string) => (is(id) === undefined ? other.id : here.id);
  return (
    <>
      <div className="compare-head">
        <p className="difference-sum num" role="status">
          <b>+{counts.added.toLocaleString("en")}</b> added <b>−{counts.removed.toLocaleString("en")}</b> removed{" "}
          <b>~{counts.changed.toLocaleString("en")}</b> changed{" "}
          <a href="#no-longer">
            <b>{invalidated.length.toLocaleString("en")}</b> no longer {invalidated.length === 1 ? "holds" : "hold"}
          </a>
        </p>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} onClick={save}>
          Save as Markdown
        </Button>
      </div>
      <ProposalPart diff={diff} since={other.version} releaseOf={releaseOf} />
      <Differences diff={diff} was={was} is={is} releaseOf={releaseOf} />
      <NoLonger invalidated={invalidated} release={here.id} />
    </>
  );
}
