import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyLine } from "../kit/copy-line.tsx";

interface Props {
  title: string;
  secret: string;
  what: string;
  onClose: () => void;
  children: ReactNode;
}

/** A secret that is shown this once: a click beside it does not close it by accident. */
export function ShownOnce({ title, secret, what, onClose, children }: Props) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <div className="form">
        <CopyLine text={secret} label={what} />
        {children}
        <p className="note-once">Shown this once: Cordon keeps only its hash.</p>
        <div className="form-end">
          <Button onClick={onClose}>I have copied it</Button>
        </div>
      </div>
    </Modal>
  );
}
