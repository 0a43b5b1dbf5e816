import { Button, Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Person, Role } from "../../features/people/schema.ts";
import { ask } from "../api/client.ts";
import { ProblemNotice } from "../kit/problem-notice.tsx";
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
    <Modal opened onClose={onClose} title={person.name} closeButtonProps={{ "aria-label": "Close" }}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          set.mutate({ userId: person.userId, roles });
        }}
      >
        {set.error !== null && <ProblemNotice error={set.error} />}
        <RoleFields roles={roles} onChange={setRoles} />
        <div className="form-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={set.isPending} disabled={roles.length === 0}>
            Save
          </Button>
        </div>
      </form>
    </Modal>
  );
}
