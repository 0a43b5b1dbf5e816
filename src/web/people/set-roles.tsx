import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Person, Role } from "../../features/people/schema.ts";
import { ask } from "../api/client.ts";
import { FormDialog } from "../kit/form-dialog.tsx";
import { RoleFields } from "./role-fields.tsx";

export function SetRoles({ person, onClose }: { person: Person; onClose: () => void }) {
  const queries = useQueryClient();
  const [roles, setRoles] = useState<Role[]>(person.roles);
  const set = useMutation(
    ask.people.people.setRoles.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.people.key() });
        onClose();
      },
    }),
  );
  return (
    <FormDialog
      title={person.name}
      error={set.error}
      busy={set.isPending}
      send="Save"
      ready={roles.length > 0}
      onSend={() => set.mutate({ userId: person.userId, roles })}
      onClose={onClose}
    >
      <RoleFields roles={roles} onChange={setRoles} />
    </FormDialog>
  );
}
