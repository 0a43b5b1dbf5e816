import { Button, Menu, Modal } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type FormatName, LossReport } from "../../features/security-file/formats/schema.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { BringModel } from "./bring-model.tsx";
import { Losses } from "./losses.tsx";

const FORMATS: readonly { format: FormatName; title: string }[] = [
  { format: "threat-dragon", title: "Threat Dragon" },
  { format: "otm", title: "Open Threat Model" },
  { format: "tm-bom", title: "TM-BOM" },
  { format: "cyclonedx-tm", title: "TM-BOM in CycloneDX" },
  { format: "threagile", title: "Threagile" },
  { format: "pytm", title: "pytm" },
];

interface Props {
  releaseId: string;
  revision: number;
  mayEdit: boolean;
}

/** The way in and out of whole files. */
export function FileMenu({ releaseId, revision, mayEdit }: Props) {
  const [bringing, setBringing] = useState(false);
  const [leaving, setLeaving] = useState<(typeof FORMATS)[number] | null>(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
            File
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayEdit && <Menu.Item onClick={() => setBringing(true)}>Bring a file or a model…</Menu.Item>}
          <Menu.Item component="a" href={`/api/releases/${releaseId}/security-file.yaml`} download>
            Download as YAML
          </Menu.Item>
          <Menu.Label>For another tool</Menu.Label>
          {FORMATS.map((one) => (
            <Menu.Item key={one.format} onClick={() => setLeaving(one)}>
              {one.title}…
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {bringing && <BringModel releaseId={releaseId} revision={revision} onClose={() => setBringing(false)} />}
      {leaving !== null && <ForTool releaseId={releaseId} tool={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

/** What the other format has no place for, before it is downloaded. */
function ForTool({
  releaseId,
  tool,
  onClose,
}: {
  releaseId: string;
  tool: (typeof FORMATS)[number];
  onClose: () => void;
}) {
  const address = `/api/releases/${releaseId}/security-file/models/${tool.format}`;
  const losses = useQuery({
    queryKey: ["security-file-losses", releaseId, tool.format],
    gcTime: 0,
    queryFn: async () => LossReport.parse(await (await fetch(`${address}/losses`)).json()),
  });
  return (
    <Modal opened onClose={onClose} title={`For ${tool.title}`} size="xl" closeButtonProps={{ "aria-label": "Close" }}>
      {losses.isError && <p>What is lost could not be found out. The file can be downloaded all the same.</p>}
      {losses.isPending && <LoadingRows rows={4} />}
      {losses.data !== undefined && <Losses report={losses.data} />}
      <div className="form-end">
        <Button component="a" href={address} download onClick={onClose}>
          Download
        </Button>
      </div>
    </Modal>
  );
}
