import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMay } from "../api/me.ts";

const FORMATS = [
  { format: "cyclonedx", name: "CycloneDX VEX" },
  { format: "openvex", name: "OpenVEX" },
  { format: "csaf", name: "CSAF VEX" },
];

/** What is known of the release's findings, for a hospital's tools. */
export function VexMenu({ releaseId }: { releaseId: string }) {
  const may = useMay();
  if (!may("vex:read")) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}>
          VEX
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(({ format, name }) => (
          <Menu.Item key={format} component="a" href={`/api/releases/${releaseId}/vex.json?format=${format}`} download>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
