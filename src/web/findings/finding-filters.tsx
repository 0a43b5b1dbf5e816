import { SegmentedControl, Select } from "@mantine/core";
import type { ReactNode } from "react";
import { Rating } from "../../features/intel/assess/schema.ts";
import { type FindingFilter, FindingSort, SORTS, STATES, type State } from "../../features/intel/findings/schema.ts";
import type { Total } from "../../lib/page.ts";
import { FilterChip } from "../kit/filter-chip.tsx";
import { SearchField } from "../kit/search-field.tsx";
import { TotalText } from "../kit/total-text.tsx";
import { RATING_WORD } from "../kit/words.ts";

type Search = Omit<FindingFilter, "deviceId" | "releaseId" | "foundSince"> & { sort?: FindingSort | undefined };

interface Props {
  search: Search;
  total: Total | undefined;
  onChange: (part: Partial<Search>) => void;
  /** What can be done with the list, behind the count. */
  end?: ReactNode;
}

const SHOWN: { value: string; label: string; states: State[] | undefined }[] = [
  { value: "open", label: "Open", states: undefined },
  { value: "new", label: "New", states: ["new"] },
  { value: "in-triage", label: "In triage", states: ["in-triage"] },
  { value: "affected", label: "Affected", states: ["affected"] },
  { value: "decided", label: "Decided", states: ["not-affected", "fixed", "accepted"] },
  { value: "all", label: "All", states: [...STATES] },
];
const SORT_WORD: Record<FindingSort, string> = {
  harm: "Worst first",
  newest: "Newest first",
  epss: "Likeliest exploited",
  component: "By part",
};
const same = (a: readonly State[] | undefined, b: readonly State[] | undefined) =>
  [...(a ?? [])].sort().join() === [...(b ?? [])].sort().join();

export function FindingFilters({ search, total, onChange, end }: Props) {
  const shown = SHOWN.find(({ states }) => same(states, search.state))?.value ?? "";
  return (
    <>
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="State"
          className="segments"
          data={SHOWN.map(({ value, label }) => ({ value, label }))}
          value={shown}
          onChange={(value) => onChange({ state: SHOWN.find((s) => s.value === value)?.states })}
        />
        <FilterChip on={search.exploited === true} onChange={(on) => onChange({ exploited: on || undefined })}>
          Exploited
        </FilterChip>
        <FilterChip on={search.suspect === true} onChange={(on) => onChange({ suspect: on || undefined })}>
          Look again
        </FilterChip>
        <FilterChip on={search.mine === true} onChange={(on) => onChange({ mine: on || undefined })}>
          Mine
        </FilterChip>
        <FilterChip on={search.gone === true} onChange={(on) => onChange({ gone: on || undefined })}>
          Gone
        </FilterChip>
        {search.component !== undefined && (
          <FilterChip on onChange={() => onChange({ component: undefined })}>
            Part: {search.component}
          </FilterChip>
        )}
        {search.advisory !== undefined && (
          <FilterChip on onChange={() => onChange({ advisory: undefined })}>
            {search.advisory}
          </FilterChip>
        )}
      </div>
      <div className="filters">
        <SearchField
          label="Part, CVE, words"
          value={search.text ?? ""}
          onChange={(text) => onChange({ text: text || undefined })}
        />
        <Select
          aria-label="Rating"
          placeholder="Any rating"
          clearable
          w={140}
          data={Rating.options.map((value) => ({ value, label: RATING_WORD[value] }))}
          value={search.rating?.length === 1 ? (search.rating[0] ?? null) : null}
          onChange={(value) => onChange({ rating: value === null ? undefined : [Rating.parse(value)] })}
        />
        <Select
          aria-label="Order"
          allowDeselect={false}
          w={180}
          data={SORTS.map((value) => ({ value, label: SORT_WORD[value] }))}
          value={search.sort ?? "harm"}
          onChange={(value) => onChange({ sort: FindingSort.parse(value) })}
        />
        <div className="filters-end">
          <TotalText total={total} noun="finding" />
          {end}
        </div>
      </div>
    </>
  );
}
