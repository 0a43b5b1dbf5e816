import { SegmentedControl, Select } from "@mantine/core";
import { Rating } from "../../features/intel/assess/schema.ts";
import type { InboxFilter } from "../../features/intel/inbox/schema.ts";
import type { Total } from "../../lib/page.ts";
import { FilterChip } from "../kit/filter-chip.tsx";
import { SearchField } from "../kit/search-field.tsx";
import { TotalText } from "../kit/total-text.tsx";
import { RATING_WORD } from "../kit/words.ts";

type Search = { [K in keyof InboxFilter]?: InboxFilter[K] | undefined };

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
const SORTS = [
  { value: "harm", label: "Worst first" },
  { value: "newest", label: "Newest first" },
  { value: "epss", label: "Likeliest exploited" },
] as const;

export function InboxFilters({ search, total, onChange }: Props) {
  return (
    <div className="filters">
      <SegmentedControl
        size="xs"
        aria-label="Show"
        data={[...SHOWS]}
        value={search.show ?? "open"}
        onChange={(value) =>
          onChange({ show: value === "open" ? undefined : SHOWS.find((s) => s.value === value)?.value })
        }
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
        aria-label="Rating"
        placeholder="Any rating"
        clearable
        w={130}
        data={Rating.options.map((value) => ({ value, label: RATING_WORD[value] }))}
        value={search.rating ?? null}
        onChange={(value) => onChange({ rating: value === null ? undefined : Rating.parse(value) })}
      />
      <Select
        aria-label="Order"
        allowDeselect={false}
        w={170}
        data={[...SORTS]}
        value={search.sort ?? "harm"}
        onChange={(value) => onChange({ sort: SORTS.find((s) => s.value === value)?.value })}
      />
      <div className="filters-end">
        <TotalText total={total} noun="vulnerability" many="vulnerabilities" />
      </div>
    </div>
  );
}
