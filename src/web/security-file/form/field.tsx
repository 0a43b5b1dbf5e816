import { ActionIcon, Button, MultiSelect, NumberInput, Select, Switch, TagsInput } from "@mantine/core";
import { IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import type * as z from "zod";
import { LINKS } from "../../../features/security-file/links.ts";
import type { ItemKind, SecurityFile } from "../../../features/security-file/schema.ts";
import { LinkField, LinksField } from "./link-field.tsx";
import { firstOf, takes } from "./shape.ts";
import { TextField } from "./text-field.tsx";
import { fieldWord, optionWord } from "./words.ts";

interface Place {
  file: SecurityFile;
  kind: ItemKind;
  /** The item it belongs to. */
  id: string;
  /** Where in the item: "path.credentials". */
  at: string;
  only?: ((id: string) => boolean) | undefined;
}

interface Props extends Place {
  name: string;
  schema: z.ZodType;
  value: unknown;
  label?: string;
  onDone: (value: unknown) => void;
}

const YES_NO = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

const text = (value: unknown) => (typeof value === "string" ? value : "");
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown) => list(value).filter((each) => typeof each === "string");
const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** One field, as its schema says: closed sets as lists, links as names, text as text. */
export function Field({ name, schema, value, onDone, label = fieldWord(name), ...place }: Props) {
  const of = takes(schema);
  const to = LINKS[place.kind].find(
    ({ field }) => field === place.at.replace(/\.\d+/g, ".*") || field === `${place.at.replace(/\.\d+/g, ".*")}.*`,
  )?.to;
  const pick = { file: place.file, label, to: to ?? [], except: place.id, only: place.only };
  switch (of.takes) {
    case "text":
      return (
        <TextField
          label={label}
          value={text(value)}
          long={of.long}
          onDone={(next) => onDone(next === "" && of.nullable ? null : next)}
        />
      );
    case "link":
      return (
        <LinkField
          {...pick}
          value={text(value) === "" ? null : text(value)}
          required={!schema.safeParse(null).success}
          onDone={onDone}
        />
      );
    case "links":
      return <LinksField {...pick} value={texts(value)} onDone={onDone} />;
    case "choice":
      return (
        <Select
          label={label}
          size="xs"
          allowDeselect={false}
          clearable={of.nullable}
          data={of.options.map((option) => ({ value: option, label: optionWord(option) }))}
          value={text(value) === "" ? null : text(value)}
          placeholder="Not stated"
          onChange={onDone}
        />
      );
    case "choices":
      return (
        <MultiSelect
          label={label}
          size="xs"
          data={of.options.map((option) => ({ value: option, label: optionWord(option) }))}
          value={texts(value)}
          onChange={onDone}
        />
      );
    case "yes-no":
      return of.nullable ? (
        <Select
          label={label}
          size="xs"
          clearable
          placeholder="Not stated"
          data={YES_NO}
          value={value === null || value === undefined ? null : value === true ? "yes" : "no"}
          onChange={(next) => onDone(next === null ? null : next === "yes")}
        />
      ) : (
        <Switch
          label={label}
          size="xs"
          checked={value === true}
          onChange={(event) => onDone(event.currentTarget.checked)}
        />
      );
    case "number":
      return (
        <NumberInput
          key={String(value)}
          label={label}
          size="xs"
          {...(of.least === undefined ? {} : { min: of.least })}
          {...(of.most === undefined ? {} : { max: of.most })}
          allowDecimal={false}
          defaultValue={typeof value === "number" ? value : ""}
          onBlur={(event) => {
            const typed = event.currentTarget.value.replaceAll(/[^\d-]/g, "");
            const next = typed === "" ? (of.nullable ? null : value) : Number(typed);
            if (next !== value) onDone(next);
          }}
        />
      );
    case "date":
      return (
        <TextField
          label={label}
          value={text(value)}
          onDone={(next) => onDone(next === "" && of.nullable ? null : next)}
        />
      );
    case "texts":
      return (
        <TagsInput
          label={label}
          size="xs"
          value={texts(value)}
          onChange={onDone}
          placeholder={texts(value).length === 0 ? "Enter adds one" : ""}
        />
      );
    case "group":
      return (
        <fieldset className="sf-group">
          <legend>{label}</legend>
          <Fields {...place} shape={of.shape} value={record(value)} onDone={onDone} />
        </fieldset>
      );
    case "list":
      return <ListField {...place} label={label} shape={of.shape} value={list(value)} onDone={onDone} />;
    default:
      return null;
  }
}

interface FieldsProps extends Place {
  shape: Record<string, z.ZodType>;
  value: Record<string, unknown>;
  /** Fields that are shown in their own way elsewhere. */
  without?: readonly string[];
  onlyFor?: (name: string) => ((id: string) => boolean) | undefined;
  onDone: (value: Record<string, unknown>) => void;
}

/** All fields of an object, in the order of its schema. */
export const Fields = ({ shape, value, onDone, at, without = [], onlyFor, ...place }: FieldsProps) =>
  Object.entries(shape)
    .filter(([name]) => !without.includes(name))
    .map(([name, schema]) => (
      <Field
        key={name}
        {...place}
        only={onlyFor?.(name)}
        name={name}
        at={at === "" ? name : `${at}.${name}`}
        schema={schema}
        value={value[name]}
        onDone={(next) => onDone({ ...value, [name]: next })}
      />
    ));

interface ListProps extends Place {
  label: string;
  shape: Record<string, z.ZodType>;
  value: unknown[];
  onDone: (value: unknown[]) => void;
}

function ListField({ label, shape, value, onDone, at, ...place }: ListProps) {
  const change = (index: number, next: unknown) => onDone(value.map((each, i) => (i === index ? next : each)));
  return (
    <fieldset className="sf-group">
      <legend>{label}</legend>
      <ol className="sf-entries">
        {value.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no identity but its place
          <li key={index}>
            <div className="sf-entry-head">
              <span className="num">{index + 1}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                disabled={index === 0}
                aria-label={`Move entry ${index + 1} up`}
                onClick={() => onDone(value.toSpliced(index, 1).toSpliced(index - 1, 0, each))}
              >
                <IconArrowUp size={14} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={`Remove entry ${index + 1}`}
                onClick={() => onDone(value.toSpliced(index, 1))}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </div>
            <Fields
              {...place}
              at={`${at}.${index}`}
              shape={shape}
              value={record(each)}
              onDone={(next) => change(index, next)}
            />
          </li>
        ))}
      </ol>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPlus size={13} />}
        onClick={() => onDone([...value, firstOf(shape)])}
      >
        Add
      </Button>
    </fieldset>
  );
}
