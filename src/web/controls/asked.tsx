// biome-ignore-all lint/correctness/useJsxKeyInIterable: the cells of a row are keyed by their column
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { editionName } from "../../features/controls/catalogue/find.ts";
import { provisionsOf, referencesOf } from "../../features/controls/catalogue/refs.ts";
import type { ShownCatalogue, ShownControl } from "../../features/controls/schema.ts";
import type { ControlCategory } from "../../features/security-file/assurance/schema.ts";
import type { SecurityFile } from "../../features/security-file/schema.ts";
import { VirtualRows } from "../kit/virtual-rows.tsx";

interface Props {
  file: SecurityFile;
  catalogues: readonly ShownCatalogue[];
  category: ControlCategory | undefined;
  mayEdit: boolean;
  onOpen: (id: string) => void;
  onAnswer: (catalogue: ShownCatalogue, control: ShownControl) => void;
}

interface Row {
  key: string;
  catalogue: ShownCatalogue;
  control: ShownControl;
  answers: { id: string; name: string }[];
}

const COLUMNS = [
  { name: "Asked for", className: "cell-two" },
  { name: "Proof", className: "cell-b cell-dim" },
  { name: "Answered by" },
];

/** What the chosen catalogues ask for, and which control answers it; the rest can be answered from here. */
export function Asked({ file, catalogues, category, mayEdit, onOpen, onAnswer }: Props) {
  const rows = useMemo(() => {
    const { found } = referencesOf(file, provisionsOf(catalogues));
    const answers = Map.groupBy(found, ({ catalogue, control }) => `${editionName(catalogue)} ${control.id}`);
    return catalogues.flatMap((catalogue) =>
      catalogue.controls
        .filter((control) => !control.withdrawn && (category === undefined || control.category === category))
        .map((control): Row => {
          const key = `${editionName(catalogue)} ${control.id}`;
          return { key, catalogue, control, answers: (answers.get(key) ?? []).map(({ own }) => own) };
        }),
    );
  }, [file, catalogues, category]);
  const headingOf = (row: Row, before: Row | undefined) => {
    const group = row.control.path.at(-1) ?? row.catalogue.title;
    const same =
      before !== undefined &&
      before.catalogue === row.catalogue &&
      (before.control.path.at(-1) ?? before.catalogue.title) === group;
    return same ? null : (
      <>
        <b>{group}</b> <span className="quiet">{row.catalogue.title}</span>
      </>
    );
  };
  return (
    <VirtualRows<Row>
      label="What is asked"
      className="rows-asked-controls"
      columns={COLUMNS}
      rows={rows}
      count={rows.length}
      keyOf={({ key }) => key}
      rowHeight={64}
      headingOf={headingOf}
      cells={({ catalogue, control, answers }) => [
        <>
          <b className={control.parent === null ? "" : "asked-more"}>
            <code>{control.label}</code> {control.title}
            {control.level !== null && <span className="quiet"> SL-C {control.level}</span>}
          </b>
          {control.statement !== null && <small className="quiet asked-statement">{control.statement}</small>}
        </>,
        control.proof.join(", "),
        answers.length > 0 ? (
          <span className="matrix-items">
            {answers.map(({ id, name }) => (
              <button key={id} type="button" className="matrix-item" onClick={() => onOpen(id)}>
                {name}
              </button>
            ))}
          </span>
        ) : mayEdit ? (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={13} />}
            onClick={() => onAnswer(catalogue, control)}
          >
            Add a control
          </Button>
        ) : (
          <span className="tone-warn">no control</span>
        ),
      ]}
    />
  );
}
