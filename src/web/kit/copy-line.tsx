import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

interface Props {
  text: string;
  /** What it is, for the button's name. */
  label?: string;
}

/** A line to take elsewhere: a command, a link, a key, a hash. */
export function CopyLine({ text, label = "command" }: Props) {
  const clipboard = useClipboard({ timeout: 2_000 });
  return (
    <span className="copy-line">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a line that scrolls must be reachable by keyboard */}
      <code tabIndex={0}>{text}</code>
      <Tooltip label={clipboard.copied ? "Copied" : "Copy"}>
        <ActionIcon variant="subtle" color="gray" aria-label={`Copy ${label}`} onClick={() => clipboard.copy(text)}>
          {clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
    </span>
  );
}
