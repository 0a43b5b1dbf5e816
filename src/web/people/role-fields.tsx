import { Checkbox } from "@mantine/core";
import { Role } from "../../features/people/schema.ts";
import { ROLE_WORD } from "../kit/words.ts";

const MEANING: Record<Role, string> = {
  administrator: "people, keys, sources, health; decides no finding",
  "product-security": "finds out what is affected and decides",
  regulatory: "answers for documents and for the phase a release is in",
  engineer: "builds the device; pipelines upload SBOMs",
  clinical: "says what a finding means at the bedside",
  privacy: "knows who did what, and when",
  "hospital-operator": "runs the units in a hospital",
  auditor: "reads everything, changes nothing",
};

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
          <Checkbox key={role} value={role} label={ROLE_WORD[role]} description={MEANING[role]} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
