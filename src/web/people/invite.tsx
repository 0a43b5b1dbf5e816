import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Role } from "../../features/people/schema.ts";
import { ask } from "../api/client.ts";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { When } from "../kit/when.tsx";
import { RoleFields } from "./role-fields.tsx";
import { ShownOnce } from "./shown-once.tsx";

/** Makes a one-time link to hand over; Cordon sends no mail. */
export function Invite({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [roles, setRoles] = useState<Role[]>(["engineer"]);
  const create = useMutation(
    ask.people.invitations.create.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: ask.people.key() }),
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate({ email: String(form.get("email")), name: String(form.get("name")), roles });
  };
  if (create.data !== undefined)
    return (
      <ShownOnce title="Invitation" secret={create.data.link} what="link" onClose={onClose}>
        <p>
          Send this link to {create.data.invitation.email} by a way you trust. It works once, until{" "}
          <When at={create.data.invitation.expiresAt} time />.
        </p>
      </ShownOnce>
    );
  return (
    <Modal opened onClose={onClose} title="Invite a person" closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit} className="form">
        {create.error !== null && <ProblemNotice error={create.error} />}
        <TextInput label="Name" name="name" required maxLength={200} data-autofocus autoComplete="off" />
        <TextInput label="E-mail" name="email" type="email" required maxLength={254} autoComplete="off" />
        <RoleFields roles={roles} onChange={setRoles} />
        <div className="form-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={roles.length === 0}>
            Make the link
          </Button>
        </div>
      </form>
    </Modal>
  );
}
