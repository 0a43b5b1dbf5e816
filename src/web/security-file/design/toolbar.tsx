import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconDownload,
  IconLayoutGrid,
  IconMinus,
  IconPlus,
  IconSearch,
  IconZoomScan,
} from "@tabler/icons-react";
import { Panel, useReactFlow } from "@xyflow/react";
import type { ReactNode } from "react";
import { ElementKind } from "../../../features/security-file/design/schema.ts";
import { ELEMENT_WORD } from "../../../features/security-file/views/words.ts";

export interface ToolbarProps {
  mayEdit: boolean;
  canUndo: boolean;
  canRedo: boolean;
  isFull: boolean;
  /** Places were set by hand on this view. */
  isPinned: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onFull: () => void;
  onTidy: () => void;
  onFind: () => void;
  onAddElement: (kind: ElementKind, at: { x: number; y: number }) => void;
  onAddZone: (at: { x: number; y: number }) => void;
  onSvg: () => void;
  onPdf: () => void;
}

/** Tools over the picture: on the left what changes it, on the right how it is looked at. */
export function Toolbar(props: ToolbarProps) {
  const { mayEdit, canUndo, canRedo, isFull, isPinned } = props;
  const flow = useReactFlow();
  const middle = () => {
    const canvas = document.querySelector(".canvas")?.getBoundingClientRect();
    return flow.screenToFlowPosition({
      x: (canvas?.left ?? 0) + (canvas?.width ?? 0) / 2 - 80,
      y: (canvas?.top ?? 0) + (canvas?.height ?? 0) / 2 - 30,
    });
  };
  return (
    <>
      {mayEdit && (
        <Panel position="top-left" className="tools">
          <Menu position="bottom-start" withinPortal>
            <Menu.Target>
              <Button size="xs" leftSection={<IconPlus size={14} />}>
                Add
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {ElementKind.options.map((kind) => (
                <Menu.Item key={kind} onClick={() => props.onAddElement(kind, middle())}>
                  {ELEMENT_WORD[kind]}
                </Menu.Item>
              ))}
              <Menu.Divider />
              <Menu.Item onClick={() => props.onAddZone(middle())}>Trust zone</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Tool name="Undo (Ctrl Z)" onClick={props.onUndo} disabled={!canUndo} icon={<IconArrowBackUp size={17} />} />
          <Tool
            name="Redo (Ctrl Shift Z)"
            onClick={props.onRedo}
            disabled={!canRedo}
            icon={<IconArrowForwardUp size={17} />}
          />
          <Tool name="Lay out anew" onClick={props.onTidy} disabled={!isPinned} icon={<IconLayoutGrid size={17} />} />
        </Panel>
      )}
      <Panel position="top-right" className="tools">
        <Tool name="Find (/)" onClick={props.onFind} icon={<IconSearch size={17} />} />
        <Tool name="Closer (+)" onClick={() => void flow.zoomIn({ duration: 120 })} icon={<IconPlus size={17} />} />
        <Tool
          name="Further away (-)"
          onClick={() => void flow.zoomOut({ duration: 120 })}
          icon={<IconMinus size={17} />}
        />
        <Tool
          name="All of it (0)"
          onClick={() => void flow.fitView({ padding: 0.06, maxZoom: 1.1, duration: 160 })}
          icon={<IconZoomScan size={17} />}
        />
        <Tool
          name={isFull ? "Back to the page (Esc)" : "Whole window (w)"}
          onClick={props.onFull}
          icon={isFull ? <IconArrowsMinimize size={17} /> : <IconArrowsMaximize size={17} />}
        />
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="default" size="md" aria-label="Print">
              <IconDownload size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={props.onSvg}>This picture as SVG</Menu.Item>
            <Menu.Item onClick={props.onPdf}>Picture, text and paths: print, or save as PDF</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Panel>
    </>
  );
}

function Tool({
  name,
  icon,
  onClick,
  disabled = false,
}: {
  name: string;
  icon: ReactNode;
  onClick: () => void;
  disabled?: boolean;
}) {
  return (
    <Tooltip label={name}>
      <ActionIcon
        variant="default"
        size="md"
        aria-label={name.replace(/ \(.*/, "")}
        onClick={onClick}
        disabled={disabled}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
