import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { put, type Step } from "../../../features/security-file/edit/edit.ts";
import { newId, newName } from "../../../features/security-file/edit/new-id.ts";
import { ITEMS, type ItemKind, type SecurityFile } from "../../../features/security-file/schema.ts";
import { ELEMENT_WORD, PORT_STATE_WORD, PORT_WORD } from "../../../features/security-file/views/words.ts";
import { Section } from "../../kit/section.tsx";
import { firstOf } from "../form/shape.ts";
import { KIND_WORD } from "../form/words.ts";

const KINDS = [
  "zones",
  "elements",
  "ports",
  "flows",
  "assets",
  "credentials",
  "updatePaths",
  "states",
  "useCases",
  "assumptions",
] as const;
type Kind = (typeof KINDS)[number];
const TITLE: Record<Kind, string> = {
  zones: "Trust zones",
  elements: "Elements",
  ports: "Interfaces",
  flows: "Data flows",
  assets: "Assets",
  credentials: "Credentials",
  updatePaths: "Ways of updates",
  states: "States",
  useCases: "Security use cases",
  assumptions: "Assumptions",
};
/** These begin with a choice that the list cannot make: they are drawn, or added to an element. */
const NOT_ADDED: ReadonlySet<Kind> = new Set(["ports", "flows"]);
const MOST_ROWS = 1_000;

interface Props {
  file: SecurityFile;
  mayEdit: boolean;
  item: string | undefined;
  onOpen: (id: string) => void;
  onEdit: (edit: readonly Step[]) => void;
}

/** The design as tables: everything that the pictures show, for whoever reads or listens instead of looking. */
export function DesignList({ file, mayEdit, item, onOpen, onEdit }: Props) {
  const add = (kind: Kind) => {
    const name = newName(file[kind], KIND_WORD[kind]);
    const id = newId(file, name);
    onEdit([put(kind as ItemKind, ITEMS[kind].parse({ ...firstOf(ITEMS[kind].shape), id, name }))]);
    onOpen(id);
  };
  return KINDS.map((kind) => (
    <Section
      key={kind}
      title={TITLE[kind]}
      count={file[kind].length}
      actions={
        mayEdit &&
        !NOT_ADDED.has(kind) && (
          <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={() => add(kind)}>
            Add
          </Button>
        )
      }
    >
      {file[kind].length > 0 && (
        <table className="sf-table">
          <tbody>
            {file[kind].slice(0, MOST_ROWS).map((each) => (
              <tr key={each.id} className={each.id === item ? "sf-here" : undefined}>
                <th scope="row">
                  <button type="button" className="sf-link" onClick={() => onOpen(each.id)}>
                    {each.name}
                  </button>
                </th>
                <td>{wordsFor(file, kind, each.id)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  ));
}

function wordsFor(file: SecurityFile, kind: Kind, id: string): string {
  const nameOf = (list: readonly { id: string; name: string }[], of: string | null) =>
    list.find((each) => each.id === of)?.name ?? of ?? "";
  const say = (...parts: string[]) => parts.filter((part) => part !== "").join(" · ");
  switch (kind) {
    case "elements": {
      const element = file.elements.find((each) => each.id === id);
      if (element === undefined) return "";
      return say(ELEMENT_WORD[element.kind], nameOf(file.zones, element.zone), element.technology);
    }
    case "ports": {
      const port = file.ports.find((each) => each.id === id);
      if (port === undefined) return "";
      return say(nameOf(file.elements, port.element), PORT_WORD[port.kind], PORT_STATE_WORD[port.state], port.protocol);
    }
    case "flows": {
      const flow = file.flows.find((each) => each.id === id);
      if (flow === undefined) return "";
      const way = `${nameOf(file.elements, flow.from)} ${flow.bothWays ? "↔" : "→"} ${nameOf(file.elements, flow.to)}`;
      return say(way, flow.path.protocol, flow.path.encrypted === true ? "encrypted" : "");
    }
    default:
      return file[kind].find((each) => each.id === id)?.description ?? "";
  }
}
