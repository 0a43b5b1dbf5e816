import { Button, Checkbox, Textarea } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Risk } from "../../features/risk/schema.ts";
import { HarmWay } from "../security-file/risk/harm-way.tsx";
import { goneOf } from "./reached.ts";

interface Props {
  risk: Risk;
  onReach?: (identity: string, functions: string[] | null, reason: string) => Promise<unknown>;
}

/** What the part can reach: everything, until somebody records with a reason that it reaches less. */
export function Reach({ risk, onReach }: Props) {
  const [changing, setChanging] = useState<string | null>(null);
  if (risk.functions.length === 0) return null;
  return (
    <div className="reach">
      {risk.parts.map(({ identity, name, purl, reach, file }) => (
        <div key={identity}>
          <p>
            <b>{name}</b>{" "}
            {reach === null
              ? byFile(file)
              : reach.functions.length === 0
                ? "reaches no function"
                : `reaches ${reach.functions.join(", ")}`}
            {reach !== null && (
              <span className="quiet">
                : {reach.reason} ({reach.by})
              </span>
            )}
            {goneOf(risk, reach).length > 0 && (
              <b>
                . The device no longer has {goneOf(risk, reach).join(", ")}: every function counts until this is said
                anew
              </b>
            )}{" "}
            {onReach !== undefined && changing !== identity && (
              <Button size="compact-xs" variant="subtle" onClick={() => setChanging(identity)}>
                {reach === null ? "It reaches less" : "Change"}
              </Button>
            )}
            {onReach !== undefined && reach !== null && changing !== identity && (
              <Button size="compact-xs" variant="subtle" onClick={() => void onReach(identity, null, "Taken back")}>
                Take back
              </Button>
            )}
          </p>
          {reach === null && file !== null && file.functions !== null && (
            <>
              <HarmWay releaseId={risk.release.id} component={purl ?? name} />
              <Link
                to="/devices/$deviceId/design"
                params={{ deviceId: risk.device.id }}
                search={{ light: risk.advisory, release: risk.release.id }}
              >
                Show on the picture
              </Link>
            </>
          )}
          {changing === identity && onReach !== undefined && (
            <ReachForm
              functions={risk.functions.map((one) => one.name)}
              known={reach?.functions ?? []}
              onCancel={() => setChanging(null)}
              onSubmit={(functions, reason) => void onReach(identity, functions, reason).then(() => setChanging(null))}
            />
          )}
        </div>
      ))}
    </div>
  );
}

/** What the release's security file says of a part; where it says nothing, that is said. */
function byFile(file: Risk["parts"][number]["file"]): string {
  if (file === null) return "may reach every function of the device";
  if (file.functions === null)
    return "may reach every function of the device: the security file does not say which element it is in, or states no harm";
  const where = `is in ${file.elements.join(", ")}`;
  return file.functions.length === 0
    ? `${where} and reaches no function, by the security file`
    : `${where} and reaches ${file.functions.join(", ")}, by the security file`;
}

interface FormProps {
  functions: readonly string[];
  known: readonly string[];
  onCancel: () => void;
  onSubmit: (functions: string[], reason: string) => void;
}

function ReachForm({ functions, known, onCancel, onSubmit }: FormProps) {
  const [chosen, setChosen] = useState<readonly string[]>(known);
  const [reason, setReason] = useState("");
  return (
    <form
      className="form form-inset"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit([...chosen], reason.trim());
      }}
    >
      <fieldset>
        <legend>It can reach only these; none ticked: no function</legend>
        {functions.map((name) => (
          <Checkbox
            key={name}
            size="xs"
            label={name}
            checked={chosen.includes(name)}
            onChange={(event) =>
              setChosen(event.currentTarget.checked ? [...chosen, name] : chosen.filter((one) => one !== name))
            }
          />
        ))}
      </fieldset>
      <Textarea
        label="How do you know?"
        placeholder="Only used in the build; not on the device"
        required
        maxLength={4_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="form-end">
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="xs" type="submit" disabled={reason.trim() === ""}>
          Record
        </Button>
      </div>
    </form>
  );
}
