import { MultiSelect, Select } from "@mantine/core";
import { useMemo } from "react";
import type { ItemKind, SecurityFile } from "../../../features/security-file/schema.ts";
import { KIND_WORD } from "./words.ts";

interface Props {
  file: SecurityFile;
  label: string;
  /** Kinds of items it may name. */
  to: readonly ItemKind[];
  /** An item that it may not name: itself. */
  except: string;
  /** Only these, where the schema cannot say it: interfaces of the element at that end. */
  only?: ((id: string) => boolean) | undefined;
}

function useChoices({ file, to, except, only }: Omit<Props, "label">) {
  return useMemo(
    () =>
      to
        .map((kind) => ({
          group: KIND_WORD[kind],
          items: file[kind]
            .filter(({ id }) => id !== except && (only === undefined || only(id)))
            .map(({ id, name }) => ({ value: id, label: name })),
        }))
        .filter(({ items }) => items.length > 0),
    [file, to, except, only],
  );
}

const MOST_SHOWN = 200;

export function LinkField({
  value,
  required,
  onDone,
  label,
  ...props
}: Props & { value: string | null; required: boolean; onDone: (value: string | null) => void }) {
  return (
    <Select
      label={label}
      size="xs"
      searchable
      clearable={!required}
      limit={MOST_SHOWN}
      allowDeselect={false}
      placeholder="None"
      nothingFoundMessage="Nothing of that name in the file"
      data={useChoices(props)}
      value={value}
      clearButtonProps={{ "aria-label": `Clear ${label}` }}
      onChange={onDone}
    />
  );
}

export function LinksField({
  value,
  onDone,
  label,
  ...props
}: Props & { value: readonly string[]; onDone: (value: string[]) => void }) {
  return (
    <MultiSelect
      label={label}
      size="xs"
      searchable
      hidePickedOptions
      limit={MOST_SHOWN}
      placeholder={value.length === 0 ? "None" : ""}
      nothingFoundMessage="Nothing of that name in the file"
      data={useChoices(props)}
      value={[...value]}
      onChange={onDone}
    />
  );
}
