import { Button, Modal, type ModalProps } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { ProblemNotice } from "./problem-notice.tsx";

/** What stands in the field of this name, without space around it; nothing when there is no such field. */
export type FieldText = (name: string) => string;

interface Props {
  title: string;
  size?: NonNullable<ModalProps["size"]>;
  /** Why it was not taken when it was sent, or null. */
  error: unknown;
  busy: boolean;
  /** The words of the button that sends it. */
  send: ReactNode;
  color?: "red";
  /** The words of the button that leaves everything as it is. */
  cancel?: string;
  /** Whether it can be sent as it is. */
  ready?: boolean;
  onSend: (text: FieldText, form: FormData) => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form over the page: its fields, why it was not taken, and the two ways out. */
export function FormDialog({
  title,
  size,
  error,
  busy,
  send,
  color,
  cancel = "Cancel",
  ready = true,
  onSend,
  onClose,
  children,
}: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onSend((name) => String(form.get(name) ?? "").trim(), form);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      {...(size === undefined ? {} : { size })}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form className="form" onSubmit={submit}>
        {error !== null && <ProblemNotice error={error} />}
        {children}
        <div className="form-end">
          <Button variant="default" onClick={onClose}>
            {cancel}
          </Button>
          <Button type="submit" {...(color === undefined ? {} : { color })} loading={busy} disabled={!ready}>
            {send}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
