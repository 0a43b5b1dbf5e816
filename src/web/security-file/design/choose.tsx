import { Modal, Select } from "@mantine/core";
import type { SecurityFile } from "../../../features/security-file/schema.ts";

const MOST_SHOWN = 100;

interface Props {
  title: string;
  label: string;
  choices: readonly { value: string; label: string }[];
  onChoose: (value: string) => void;
  onClose: () => void;
}

/** One of many, by its name and with the keyboard alone. */
export function Choose({ title, label, choices, onChoose, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": "Close" }}>
      <Select
        label={label}
        searchable
        defaultDropdownOpened
        limit={MOST_SHOWN}
        data-autofocus
        selectFirstOptionOnChange
        nothingFoundMessage="Nothing of that name here"
        data={[...choices]}
        value={null}
        onChange={(value) => {
          if (value !== null) onChoose(value);
        }}
      />
    </Modal>
  );
}

/** Where a flow can end: elements and their interfaces, as `element` or `element interface`. */
export function flowEnds(file: SecurityFile, except: string): { value: string; label: string }[] {
  return file.elements
    .filter(({ id }) => id !== except)
    .flatMap(({ id, name }) => [
      { value: id, label: name },
      ...file.ports
        .filter(({ element }) => element === id)
        .map((port) => ({ value: `${id} ${port.id}`, label: `${name}, by ${port.name}` })),
    ]);
}
