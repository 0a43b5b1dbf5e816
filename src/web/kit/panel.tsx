import { ActionIcon, Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect } from "react";

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** Details beside the list on a wide screen; over it on a narrow one. Escape closes it and gives the focus back to the list. */
export function Panel({ title, onClose, children }: Props) {
  const wide = useMediaQuery("(min-width: 1180px)", true, { getInitialValueInEffect: false });
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && document.querySelector("[role=dialog]") === null)
        onClose();
    };
    document.addEventListener("keydown", close);
    return () => document.removeEventListener("keydown", close);
  }, [onClose]);
  if (!wide)
    return (
      <Drawer
        opened
        onClose={onClose}
        position="right"
        size="min(520px, 100%)"
        title={title}
        closeButtonProps={{ "aria-label": "Close details" }}
      >
        {children}
      </Drawer>
    );
  return (
    <aside className="panel" aria-label={title}>
      <div className="panel-close">
        <ActionIcon variant="subtle" color="gray" onClick={onClose} aria-label="Close details">
          <IconX size={18} />
        </ActionIcon>
      </div>
      {children}
    </aside>
  );
}
