import { TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Role } from "../../features/people/schema.ts";
import { ask } from "../api/client.ts";
import { type FieldText, FormDialog } from "../kit/form-dialog.tsx";
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
  const submit = (text: FieldText) => {
    create.mutate({ email: text("email"), name: text("name"), roles });
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
    <FormDialog
      title="Invite a person"
      error={create.error}
      busy={create.isPending}
      send="Make the link"
      ready={roles.length > 0}
      onSend={submit}
      onClose={onClose}
    >
      <TextInput label="Name" name="name" required maxLength={200} data-autofocus autoComplete="off" />
      <TextInput label="E-mail" name="email" type="email" required maxLength={254} autoComplete="off" />
      <RoleFields roles={roles} onChange={setRoles} />
    </FormDialog>
  );
}
