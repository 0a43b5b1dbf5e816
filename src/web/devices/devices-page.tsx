import { Button, SegmentedControl, Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { FunctionKind, PHASES } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { paging, usePages } from "../api/use-pages.ts";
import { Empty } from "../kit/empty.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { SearchField } from "../kit/search-field.tsx";
import { TotalText } from "../kit/total-text.tsx";
import { FUNCTION_WORD, PHASE_WORD } from "../kit/words.ts";
import { AddDevice } from "./add-device.tsx";
import { CardView } from "./device-card.tsx";
import { DeviceTable } from "./device-table.tsx";
import { NoDevices } from "./no-devices.tsx";

const route = getRouteApi("/in/devices");
/** More than this many do not compare well as cards. */
const CARDS_AT_MOST = 12;

/** How safe is what we make or run? A card per device, the most endangered first; a table when there are many. */
export function DevicesPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const { text, phase, kind, sort } = search;
  const filter = { text, phase, kind, sort: sort ?? ("danger" as const) };
  const { query, rows, total, more } = usePages(
    ask.devices.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filter, cursor, limit: 60 }),
      ...paging,
    }),
  );
  const change = (part: Partial<typeof search>) =>
    void navigate({ search: (was) => ({ ...was, ...part }), replace: true });
  const filtered = text !== undefined || phase !== undefined || kind !== undefined;
  const view = search.view ?? ((total?.count ?? 0) > CARDS_AT_MOST ? "table" : "cards");
  const nothing = total?.count === 0 && !filtered;
  return (
    <div className="page">
      <PageHead
        title="Devices"
        question="How safe is what we make or run?"
        actions={
          may("device:write") && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => change({ add: true })}>
              Add a device
            </Button>
          )
        }
      />
      {!nothing && (
        <div className="filters">
          <SearchField
            label="Name, model, maker"
            value={text ?? ""}
            onChange={(value) => change({ text: value || undefined })}
          />
          <Select
            aria-label="Phase"
            placeholder="Any phase"
            clearable
            w={170}
            data={PHASES.map((value) => ({ value, label: PHASE_WORD[value] }))}
            value={phase ?? null}
            onChange={(value) => change({ phase: value ?? undefined })}
          />
          <Select
            aria-label="What it does"
            placeholder="Any function"
            clearable
            w={160}
            data={FunctionKind.options.map((value) => ({ value, label: FUNCTION_WORD[value] }))}
            value={kind ?? null}
            onChange={(value) => change({ kind: value ?? undefined })}
          />
          <div className="filters-end">
            <TotalText total={total} noun="device" />
            <SegmentedControl
              size="xs"
              aria-label="View"
              data={[
                { value: "cards", label: "Cards" },
                { value: "table", label: "Table" },
              ]}
              value={view}
              onChange={(value) => change({ view: value === "cards" ? "cards" : "table" })}
            />
          </div>
        </div>
      )}
      {query.error !== null && <ProblemNotice error={query.error} onRetry={query.refetch} />}
      {query.isPending && <LoadingRows rows={4} height={120} />}
      {nothing && <NoDevices mayAdd={may("device:write")} onAdd={() => change({ add: true })} />}
      {total?.count === 0 && filtered && (
        <Empty title="No device fits this filter">
          <Button
            variant="default"
            size="xs"
            onClick={() => change({ text: undefined, phase: undefined, kind: undefined })}
          >
            Show all devices
          </Button>
        </Empty>
      )}
      {rows.length > 0 &&
        (view === "cards" ? (
          <CardView devices={rows} onMore={query.hasNextPage ? more : undefined} />
        ) : (
          <DeviceTable devices={rows} count={total?.count ?? null} onEnd={more} />
        ))}
      {search.add === true && <AddDevice onClose={() => change({ add: undefined })} />}
    </div>
  );
}
