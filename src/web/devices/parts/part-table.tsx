// biome-ignore-all lint/correctness/useJsxKeyInIterable: the cells of a row are keyed by their column
import { Select } from "@mantine/core";
import type { Part } from "../../../features/devices/parts/schema.ts";
import { SUPPORT_BUCKETS, type SupportBucket } from "../../../features/intel/support/schema.ts";
import { ask } from "../../api/client.ts";
import { PAGE_ROWS, paging, usePages } from "../../api/use-pages.ts";
import { ComponentCard } from "../../findings/component-card.tsx";
import { Empty } from "../../kit/empty.tsx";
import { FilterChip } from "../../kit/filter-chip.tsx";
import { LoadingRows } from "../../kit/loading.tsx";
import { ObjectCard } from "../../kit/object-card.tsx";
import { ProblemNotice } from "../../kit/problem-notice.tsx";
import { SearchField } from "../../kit/search-field.tsx";
import { TotalText } from "../../kit/total-text.tsx";
import { VirtualRows } from "../../kit/virtual-rows.tsx";
import { SUPPORT_WORD } from "../../kit/words.ts";
import { PartSupport } from "../support/part-support.tsx";
import { PartFindings, partName, SCOPE_WORD } from "./part-cells.tsx";

interface Search {
  text?: string | undefined;
  missing?: string | undefined;
  vulnerable?: boolean | undefined;
  unmatched?: boolean | undefined;
  support?: SupportBucket | undefined;
  sort?: "document" | "name" | "findings" | "missing" | "support" | undefined;
  part?: number | undefined;
}

interface Props {
  releaseId: string;
  search: Search;
  onChange: (part: Partial<Search>) => void;
}

const COLUMNS = [
  { name: "Part", className: "cell-two" },
  { name: "Version" },
  { name: "Findings" },
  { name: "Support", className: "cell-a" },
  { name: "Supplier", className: "cell-b" },
  { name: "Licence", className: "cell-b" },
  { name: "Lacks", className: "cell-b cell-dim" },
];
const SORTS = [
  { value: "document", label: "As in the file" },
  { value: "findings", label: "Most findings" },
  { value: "name", label: "By name" },
  { value: "support", label: "End of support" },
  { value: "missing", label: "Most is missing" },
] as const;

export function PartTable({ releaseId, search, onChange }: Props) {
  const { text, missing, vulnerable, unmatched, support, sort } = search;
  const { query, rows, total, more } = usePages(
    ask.parts.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        id: releaseId,
        cursor,
        limit: PAGE_ROWS,
        text,
        missing,
        vulnerable,
        unmatched,
        support,
        sort: sort ?? ("document" as const),
      }),
      ...paging,
    }),
  );
  return (
    <div>
      <div className="filters">
        <SearchField
          label="Name, supplier, purl"
          value={text ?? ""}
          onChange={(value) => onChange({ text: value || undefined })}
        />
        <FilterChip on={vulnerable === true} onChange={(on) => onChange({ vulnerable: on || undefined })}>
          With findings
        </FilterChip>
        <FilterChip on={missing !== undefined} onChange={(on) => onChange({ missing: on ? "any" : undefined })}>
          {missing === undefined || missing === "any" ? "Lacks an element" : `Lacks ${missing}`}
        </FilterChip>
        <FilterChip on={unmatched === true} onChange={(on) => onChange({ unmatched: on || undefined })}>
          Cannot be looked up
        </FilterChip>
        <Select
          aria-label="Support"
          placeholder="Support"
          size="xs"
          w={170}
          clearable
          data={SUPPORT_BUCKETS.map((value) => ({ value, label: SUPPORT_WORD[value] }))}
          value={support ?? null}
          onChange={(value) => onChange({ support: SUPPORT_BUCKETS.find((bucket) => bucket === value) })}
        />
        <div className="filters-end">
          <TotalText total={total} noun="part" />
          <Select
            aria-label="Order"
            size="xs"
            w={150}
            allowDeselect={false}
            data={[...SORTS]}
            value={sort ?? "document"}
            onChange={(value) => onChange({ sort: SORTS.find((s) => s.value === value)?.value })}
          />
        </div>
      </div>
      {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
      {query.isPending && <LoadingRows rows={10} height={50} />}
      {total?.count === 0 && <Empty title="No part fits this filter" />}
      {rows.length > 0 && (
        <VirtualRows<Part>
          label="Parts"
          className="rows-parts"
          columns={COLUMNS}
          rows={rows}
          count={total?.exact ? total.count : null}
          keyOf={(part) => String(part.id)}
          rowHeight={50}
          opened={search.part === undefined ? null : String(search.part)}
          onOpen={(part) => onChange({ part: part.id })}
          onEnd={more}
          cells={(part) => [
            <span key="name">
              <b>
                <ObjectCard card={<ComponentCard name={partName(part)} here={{ releaseId, version: part.version }} />}>
                  {partName(part)}
                </ObjectCard>
              </b>
              <small>
                {part.type.replaceAll("-", " ")}
                {part.scope !== null && part.scope !== "required" && `, ${SCOPE_WORD[part.scope]}`}
              </small>
            </span>,
            part.version === null ? (
              <span className="cell-dim">none</span>
            ) : (
              <span className="num">{part.version}</span>
            ),
            <PartFindings key="findings" part={part} />,
            <PartSupport key="support" support={part.support} />,
            part.supplier ?? <span className="cell-dim">not stated</span>,
            part.licenses.length === 0 ? <span className="cell-dim">not stated</span> : part.licenses.join(", "),
            part.missing.join(", "),
          ]}
        />
      )}
    </div>
  );
}
