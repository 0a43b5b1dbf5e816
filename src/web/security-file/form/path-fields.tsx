import { Button } from "@mantine/core";
import { useState } from "react";
import {
  CommunicationPath,
  type Flow,
  PATH_FIELDS,
  type CommunicationPath as Path,
  type PathField,
} from "../../../features/security-file/design/schema.ts";
import type { SecurityFile } from "../../../features/security-file/schema.ts";
import { pathRow } from "../../../features/security-file/views/path-table.ts";
import { PATH_WORD } from "../../../features/security-file/views/words.ts";
import { ShareBar } from "../../kit/share-bar.tsx";
import { Fields } from "./field.tsx";
import { TextField } from "./text-field.tsx";

interface Props {
  file: SecurityFile;
  flow: Flow;
  onDone: (path: Path) => void;
}

const HOW: readonly PathField[] = ["functionality", "accessControl", "errorBehaviour"];
const PROOF: readonly PathField[] = [
  "authentication",
  "authenticationStrength",
  "authorization",
  "verifiedWhere",
  "identityManagement",
  "credentialDistribution",
];
const SECRECY: readonly PathField[] = ["cryptography", "cryptographyStrength", "keyUsage", "updateProtection"];
const SESSION: readonly PathField[] = ["sessionStart", "sessionEnd", "settings", "defaults"];
const GROUPS = [
  { title: "What it does", fields: HOW },
  { title: "Who is who", fields: PROOF },
  { title: "Cryptography", fields: SECRECY },
  { title: "Sessions and settings", fields: SESSION },
];
const OWN = ["notApplicable", ...PATH_FIELDS];

/** What FDA asks of each communication path (App. 2.B), with how much of it is answered. */
export function PathFields({ file, flow, onDone }: Props) {
  const { stated, asked } = pathRow(file, flow);
  return (
    <section className="sf-path" aria-label="Communication path">
      <h3>
        Communication path{" "}
        <span className="quiet num">
          {stated} of {asked} stated
        </span>
      </h3>
      <ShareBar share={stated / asked} label="Stated" />
      <Fields
        file={file}
        kind="flows"
        id={flow.id}
        at="path"
        shape={CommunicationPath.shape}
        without={OWN}
        value={flow.path}
        onDone={(path) => onDone(path as Path)}
      />
      {GROUPS.map(({ title, fields }) => (
        <fieldset className="sf-group" key={title}>
          <legend>{title}</legend>
          {fields.map((field) => (
            <Answer key={field} field={field} path={flow.path} onDone={onDone} />
          ))}
        </fieldset>
      ))}
    </section>
  );
}

function Answer({ field, path, onDone }: { field: PathField; path: Path; onDone: (path: Path) => void }) {
  const reason = path.notApplicable.find((each) => each.field === field)?.because;
  const [asking, setAsking] = useState(false);
  const others = path.notApplicable.filter((each) => each.field !== field);
  if (reason !== undefined || asking)
    return (
      <TextField
        label={`${PATH_WORD[field]}: not applicable because`}
        value={reason ?? ""}
        description={
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => {
              setAsking(false);
              onDone({ ...path, notApplicable: others });
            }}
          >
            It does apply
          </Button>
        }
        onDone={(because) => {
          setAsking(false);
          onDone({ ...path, notApplicable: because.trim() === "" ? others : [...others, { field, because }] });
        }}
      />
    );
  return (
    <TextField
      label={PATH_WORD[field]}
      value={path[field]}
      description={
        path[field] === "" ? (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAsking(true)}>
            Does not apply
          </Button>
        ) : undefined
      }
      onDone={(answer) => onDone({ ...path, [field]: answer })}
    />
  );
}
