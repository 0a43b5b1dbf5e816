import { Checkbox } from "@mantine/core";
import { Role } from "../../features/people/schema.ts";
import { ROLE_MEANING, ROLE_WORD } from "../kit/words.ts";

interface Props {
  roles: readonly Role[];
  onChange: (roles: Role[]) => void;
}

export function RoleFields({ roles, onChange }: Props) {
  return (
    <Checkbox.Group
      label="Roles"
      description="One person may have several."
      value={[...roles]}
      onChange={(values) => onChange(values.map((value) => Role.parse(value)))}
    >
      <div className="checks">
        {Role.options.map((role) => (
          <Checkbox key={role} value={role} label={ROLE_WORD[role]} description={ROLE_MEANING[role]} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
