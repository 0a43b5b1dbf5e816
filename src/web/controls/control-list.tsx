// biome-ignore-all lint/correctness/useJsxKeyInIterable: the cells of a row are keyed by their column

import { useMemo } from "react";
import type { ControlCategory } from "../../features/security-file/assurance/schema.ts";
import type { SecurityFile } from "../../features/security-file/schema.ts";
import { chainLinks, proofOf } from "../../features/security-file/trace/links.ts";
import type { Traced } from "../../features/security-file/trace/look.ts";
import { Empty } from "../kit/empty.tsx";
import { VirtualRows } from "../kit/virtual-rows.tsx";
import { StateWord } from "./state-word.tsx";
import { CATEGORY_WORD, CONTROL_STATE, PROOF } from "./words.ts";

type Own = SecurityFile["controls"][number];

interface Props {
  file: SecurityFile;
  traced: Traced;
  category: ControlCategory | undefined;
  item: string | undefined;
  onOpen: (id: string) => void;
}

const COLUMNS = [
  { name: "Control", className: "cell-two" },
  { name: "State" },
  { name: "Proof" },
  { name: "Category", className: "cell-a" },
  { name: "Answers", className: "cell-b" },
  { name: "Missing" },
];

/** Every control with its state, its proof, what it answers, and what is missing. */
export function ControlList({ file, traced, category, item, onOpen }: Props) {
  const links = useMemo(() => chainLinks(file), [file]);
  const tests = useMemo(() => new Map(file.tests.map((test) => [test.id, test])), [file]);
  const inCategory = new Set(traced.coverage.find((one) => one.category === category)?.controls.map(({ id }) => id));
  const rows = category === undefined ? file.controls : file.controls.filter(({ id }) => inCategory.has(id));
  const gaps = Map.groupBy(traced.gaps, (gap) => gap.at?.id ?? "");
  const proof = (control: Own) =>
    proofOf([control.id, ...control.requirements].flatMap(links.testsOf).flatMap((id) => tests.get(id) ?? []));
  if (rows.length === 0)
    return (
      <Empty
        title={category === undefined ? "No control yet" : `No control in ${CATEGORY_WORD[category].toLowerCase()}`}
      >
        <p>Add one, or open “What is asked” and answer a checkable with it.</p>
      </Empty>
    );
  return (
    <VirtualRows<Own>
      label="Controls"
      className="rows-controls"
      columns={COLUMNS}
      rows={rows}
      count={rows.length}
      keyOf={({ id }) => id}
      rowHeight={52}
      opened={item ?? null}
      onOpen={({ id }) => onOpen(id)}
      cells={(control) => {
        const missing = gaps.get(control.id) ?? [];
        return [
          <>
            <b>{control.name}</b>
            <small className="quiet">{control.id}</small>
          </>,
          <StateWord said={CONTROL_STATE[control.state]} />,
          control.state === "not-applicable" ? (
            <span className="cell-dim">not needed</span>
          ) : (
            <StateWord said={PROOF[proof(control)]} />
          ),
          control.category === null ? <span className="cell-dim">not stated</span> : CATEGORY_WORD[control.category],
          <span className="control-refs">{control.references.map(({ id }) => id).join(", ")}</span>,
          missing.length === 0 ? null : (
            <span className="tone-bad" title={missing.map(({ message }) => message).join("\n")}>
              {missing[0]?.message}
              {missing.length > 1 && ` (+${missing.length - 1})`}
            </span>
          ),
        ];
      }}
    />
  );
}
