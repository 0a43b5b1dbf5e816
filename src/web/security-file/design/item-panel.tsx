import { Button } from "@mantine/core";
import { IconArrowRight, IconBulb, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMemo } from "react";
import { addPort } from "../../../features/security-file/edit/drawing.ts";
import type { Step } from "../../../features/security-file/edit/edit.ts";
import { type Entry, indexOf, usesOf } from "../../../features/security-file/links.ts";
import type { Problem, SecurityFile } from "../../../features/security-file/schema.ts";
import { PORT_STATE_WORD } from "../../../features/security-file/views/words.ts";
import { Panel } from "../../kit/panel.tsx";
import { ItemForm } from "../form/item-form.tsx";
import { KIND_WORD } from "../form/words.ts";

interface Props {
  file: SecurityFile;
  id: string;
  mayEdit: boolean;
  problems: readonly Problem[];
  onOpen: (id: string) => void;
  onLight: (id: string) => void;
  onClose: () => void;
  onEdit: (edit: readonly Step[]) => void;
  onRemove: (id: string) => void;
}

/** Everything about the chosen item: its fields, what is missing, and who names it. */
export function ItemPanel({ file, id, mayEdit, problems, onOpen, onLight, onClose, onEdit, onRemove }: Props) {
  const entry = useMemo(() => indexOf(file).get(id), [file, id]);
  if (entry === undefined) return null;
  const { kind, item } = entry;
  const own = problems.filter(({ at }) => at?.id === id);
  return (
    <Panel title={item.name} onClose={onClose}>
      <div className="detail sf-detail">
        <header>
          <p className="quiet">
            {KIND_WORD[kind]} <code>{id}</code>
          </p>
          <h2>{item.name}</h2>
        </header>
        {own.length > 0 && (
          <ul className="sf-problems">
            {own.map(({ rule, message, fix }) => (
              <li key={`${rule} ${message}`}>
                <b>{message}</b> <span className="quiet">{fix}</span>
              </li>
            ))}
          </ul>
        )}
        {kind === "elements" && <Ports file={file} element={id} mayEdit={mayEdit} onOpen={onOpen} onEdit={onEdit} />}
        {/* A fieldset switches every field in it off at once. */}
        <fieldset className="bare-fieldset" disabled={!mayEdit}>
          <ItemForm key={id} file={file} entry={entry} onEdit={onEdit} />
        </fieldset>
        <Uses file={file} id={id} onOpen={onOpen} />
        <div className="sf-end">
          <Button size="xs" variant="default" leftSection={<IconBulb size={14} />} onClick={() => onLight(id)}>
            Light its path
          </Button>
          {mayEdit && (
            <Button
              size="xs"
              variant="default"
              color="red"
              leftSection={<IconTrash size={14} />}
              onClick={() => onRemove(id)}
            >
              Remove
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}

interface PortsProps {
  file: SecurityFile;
  element: string;
  mayEdit: boolean;
  onOpen: (id: string) => void;
  onEdit: (edit: readonly Step[]) => void;
}

function Ports({ file, element, mayEdit, onOpen, onEdit }: PortsProps) {
  const ports = file.ports.filter((port) => port.element === element);
  const add = () => {
    const added = addPort(file, element, "wired");
    onEdit(added.edit);
    onOpen(added.id);
  };
  return (
    <section className="sf-ports">
      <h3>Interfaces</h3>
      <ul>
        {ports.map(({ id, name, state }) => (
          <li key={id}>
            <button type="button" className="sf-link" onClick={() => onOpen(id)}>
              {name}
            </button>{" "}
            <span className="quiet">{PORT_STATE_WORD[state]}</span>
          </li>
        ))}
      </ul>
      {mayEdit && (
        <Button size="compact-xs" variant="default" leftSection={<IconPlus size={13} />} onClick={add}>
          Add an interface
        </Button>
      )}
    </section>
  );
}

function Uses({ file, id, onOpen }: { file: SecurityFile; id: string; onOpen: (id: string) => void }) {
  const uses = useMemo(() => {
    const seen = new Map<string, Entry>();
    for (const entry of usesOf(file).get(id) ?? []) if (entry.kind !== "layouts") seen.set(entry.item.id, entry);
    return [...seen.values()];
  }, [file, id]);
  if (uses.length === 0) return null;
  return (
    <section className="sf-uses">
      <h3>Named by</h3>
      <ul>
        {uses.map(({ kind, item }) => (
          <li key={item.id}>
            <IconArrowRight size={13} aria-hidden="true" />
            <button type="button" className="sf-link" onClick={() => onOpen(item.id)}>
              {item.name}
            </button>{" "}
            <span className="quiet">{KIND_WORD[kind].toLowerCase()}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
