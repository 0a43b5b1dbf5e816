import { Button, Menu } from "@mantine/core";
import { IconCheck, IconChevronDown, IconPlus } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Device } from "../../features/devices/schema.ts";
import { PHASE_WORD } from "../kit/words.ts";
import { AddRelease } from "./add-release.tsx";

interface Props {
  device: Device;
  releaseId: string | undefined;
  mayAdd: boolean;
}

export function ReleaseSwitch({ device, releaseId, mayAdd }: Props) {
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const here = device.releaseList.find(({ id }) => id === releaseId);
  if (device.releaseList.length === 0) return null;
  const show = (id: string) =>
    void navigate({
      to: ".",
      search: (was) => ({ ...was, release: id, finding: undefined, sbom: undefined, before: undefined }),
    });
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            Release {here?.version ?? "…"}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {device.releaseList.map(({ id, version, phase, sbomId }) => (
            <Menu.Item
              key={id}
              onClick={() => show(id)}
              rightSection={id === releaseId ? <IconCheck size={14} /> : null}
            >
              <span className="option-two">
                {version}
                <small>
                  {PHASE_WORD[phase]}
                  {sbomId === null && ", no SBOM"}
                  {id === device.release?.id && ", current"}
                </small>
              </span>
            </Menu.Item>
          ))}
          {mayAdd && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
                Add a release
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {adding && <AddRelease device={device} onClose={() => setAdding(false)} />}
    </>
  );
}
