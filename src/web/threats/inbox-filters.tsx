import { SegmentedControl, Select } from "@mantine/core";
import { Rating } from "../../features/intel/assess/schema.ts";
import type { InboxFilter } from "../../features/intel/inbox/schema.ts";
import type { Total } from "../../lib/page.ts";
import { stringifySearch } from "../api/search-params.ts";
import { FilterChip } from "../kit/filter-chip.tsx";
import { SearchField } from "../kit/search-field.tsx";
import { TotalText } from "../kit/total-text.tsx";
import { RATING_WORD } from "../kit/words.ts";
import { SavedFilters } from "./saved-filters.tsx";

type Search = { [K in keyof InboxFilter]?: InboxFilter[K] | undefined } & {
  advisory?: string | undefined;
  device?: string | undefined;
};

interface Props {
  search: Search;
  total: Total | undefined;
  onChange: (part: Search) => void;
}

const SHOWS = [
  { value: "new", label: "New" },
  { value: "open", label: "Open" },
  { value: "done", label: "Done" },
  { value: "all", label: "All" },
] as const;
const GROUPS = [
  { value: "vulnerability", label: "By vulnerability" },
  { value: "device", label: "By device" },
] as const;
const SORTS = [
  { value: "harm", label: "Worst first" },
  { value: "newest", label: "Newest first" },
  { value: "epss", label: "Likeliest exploited" },
] as const;

export function InboxFilters({ search, total, onChange }: Props) {
  const { advisory: _, device: __, ...filter } = search;
  return (
    <div className="filters">
      <SavedFilters search={stringifySearch(filter).slice(1)} />
      <SegmentedControl
        size="xs"
        aria-label="Group by"
        data={[...GROUPS]}
        value={search.by ?? "vulnerability"}
        onChange={(value) =>
          onChange({ by: value === "device" ? "device" : undefined, advisory: undefined, device: undefined })
        }
      />
      <SegmentedControl
        size="xs"
        aria-label="Show"
        data={[...SHOWS]}
        value={search.show ?? "open"}
        onChange={(value) => onChange({ show: SHOWS.find((s) => s.value === value)?.value })}
      />
      <SearchField
        label="CVE, part, words"
        value={search.text ?? ""}
        onChange={(text) => onChange({ text: text || undefined })}
      />
      <FilterChip on={search.exploited === true} onChange={(on) => onChange({ exploited: on || undefined })}>
        Exploited
      </FilterChip>
      <Select
        size="xs"
        aria-label="Rating"
        placeholder="Any rating"
        clearable
        w={112}
        data={Rating.options.map((value) => ({ value, label: RATING_WORD[value] }))}
        value={search.rating ?? null}
        onChange={(value) => onChange({ rating: value === null ? undefined : Rating.parse(value) })}
      />
      <Select
        size="xs"
        aria-label="Order"
        allowDeselect={false}
        w={150}
        data={[...SORTS]}
        value={search.sort ?? "harm"}
        onChange={(value) => onChange({ sort: SORTS.find((s) => s.value === value)?.value })}
      />
      <div className="filters-end">
        <TotalText
          total={total}
          noun={search.by === "device" ? "line" : "vulnerability"}
          many={search.by === "device" ? "lines" : "vulnerabilities"}
        />
      </div>
    </div>
  );
}
