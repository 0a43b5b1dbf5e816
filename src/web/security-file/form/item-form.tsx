import { put, type Step } from "../../../features/security-file/edit/edit.ts";
import type { Entry } from "../../../features/security-file/links.ts";
import { ITEMS, type SecurityFile } from "../../../features/security-file/schema.ts";
import { sayProblem } from "../../kit/notify.tsx";
import { Fields } from "./field.tsx";
import { PathFields } from "./path-fields.tsx";

interface Props {
  file: SecurityFile;
  entry: Entry;
  onEdit: (edit: readonly Step[]) => void;
}

/** Names and places are kept elsewhere; ids never change. */
const NOT_HERE = ["id", "sourceId", "path"];

/** Every field of an item, made from its schema. What the schema refuses is said and not kept. */
export function ItemForm({ file, entry: { kind, item }, onEdit }: Props) {
  const schema = ITEMS[kind];
  const keep = (next: object) => {
    const read = schema.safeParse(next);
    if (read.success) onEdit([put(kind, read.data)]);
    else
      sayProblem(
        new Error(
          read.error.issues.map(({ path, message }) => [path.join(" "), message].filter(Boolean).join(": ")).join("; "),
        ),
      );
  };
  const flow = kind === "flows" ? file.flows.find(({ id }) => id === item.id) : undefined;
  const portsOf = (element: string) => (id: string) =>
    file.ports.some((port) => port.id === id && port.element === element);
  return (
    <div className="sf-form">
      <Fields
        file={file}
        kind={kind}
        id={item.id}
        at=""
        shape={schema.shape}
        without={NOT_HERE}
        value={{ ...item }}
        onlyFor={(name) =>
          flow === undefined
            ? undefined
            : name === "fromPort"
              ? portsOf(flow.from)
              : name === "toPort"
                ? portsOf(flow.to)
                : undefined
        }
        onDone={(next) => keep(endsFit(file, next))}
      />
      {flow !== undefined && <PathFields file={file} flow={flow} onDone={(path) => keep({ ...flow, path })} />}
    </div>
  );
}

/** A flow whose end moved to another element leaves the interfaces of the old one behind. */
function endsFit(file: SecurityFile, next: Record<string, unknown>): Record<string, unknown> {
  const fits = (end: string, port: string) =>
    file.ports.some(({ id, element }) => id === next[port] && element === next[end]) ? next[port] : null;
  return "fromPort" in next ? { ...next, fromPort: fits("from", "fromPort"), toPort: fits("to", "toPort") } : next;
}
