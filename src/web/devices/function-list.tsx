import { type DeviceFunction, HARM_MEANING, HARMS } from "../../features/devices/schema.ts";
import { HarmBadge } from "../kit/badges.tsx";
import { Empty } from "../kit/empty.tsx";
import { FUNCTION_WORD } from "../kit/words.ts";

/** The functions, worst harm first. */
export function FunctionList({ functions }: { functions: readonly DeviceFunction[] }) {
  if (functions.length === 0)
    return (
      <Empty title="Functions are not stated">
        <p>Say what the device does for a patient and the worst harm if it fails: findings are ranked by it.</p>
      </Empty>
    );
  return (
    <ul className="functions">
      {[...functions]
        .sort((a, b) => HARMS.indexOf(a.harm) - HARMS.indexOf(b.harm))
        .map((f) => (
          <li key={`${f.kind}-${f.name}`}>
            <span className="function-name">
              <b>{f.name}</b>
              <small>{FUNCTION_WORD[f.kind]}</small>
            </span>
            <span className="function-harm">
              <HarmBadge harm={f.harm} bare />
              <small>{HARM_MEANING[f.harm]}</small>
            </span>
          </li>
        ))}
    </ul>
  );
}
