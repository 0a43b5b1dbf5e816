import { ActionIcon, Button, Popover, TextInput, Tooltip } from "@mantine/core";
import {
  IconBookmark,
  IconPencil,
  IconRefresh,
  IconStar,
  IconStarFilled,
  IconTrash,
  IconUsers,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { SavedFilter } from "../../features/intel/inbox/filters/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { sayUndo } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";

/** Filters kept under a name: mine, and those others share. `search`: the filter on the page now, as its address has it. */
export function SavedFilters({ search }: { search: string }) {
  const [opened, setOpened] = useState(false);
  const filters = useQuery(ask.filters.list.queryOptions()).data?.items ?? [];
  const here = filters.find((filter) => filter.search === search);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" width={360} shadow="md" trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant={here === undefined ? "default" : "light"}
          leftSection={<IconBookmark size={15} />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {here?.name ?? "Saved filters"}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="saved">
        <Shelf filters={filters} search={search} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface ShelfProps {
  filters: readonly SavedFilter[];
  search: string;
  onDone: () => void;
}

function Shelf({ filters, search, onDone }: ShelfProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const may = useMay();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ask.filters.key() });
  const save = useMutation(ask.filters.save.mutationOptions({ onSuccess }));
  const [renaming, setRenaming] = useState<string | null>(null);
  const change = useMutation(ask.filters.change.mutationOptions({ onSuccess }));
  const remove = useMutation(ask.filters.remove.mutationOptions({ onSuccess }));
  const share = useMutation(ask.filters.share.mutationOptions({ onSuccess }));
  const openWith = useMutation(ask.filters.openWith.mutationOptions({ onSuccess }));
  const error = save.error ?? change.error ?? remove.error ?? share.error ?? openWith.error;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    save.mutate({ name: String(new FormData(form).get("name")), search }, { onSuccess: () => form.reset() });
  };
  const setTo = (filter: SavedFilter, was: string, to: string) =>
    change.mutate(
      { id: filter.id, revision: filter.revision, search: to },
      {
        onSuccess: ({ id, revision, name }) =>
          sayUndo(`${name} is now the filter on the page`, async () => {
            await change.mutateAsync({ id, revision, search: was });
          }),
      },
    );
  return (
    <>
      {error !== null && <ProblemNotice error={error} />}
      {filters.length === 0 && (
        <p className="quiet">Set the filter you come back to, give it a name, and it is one press away.</p>
      )}
      <ul>
        {filters.map((filter) => (
          <li key={filter.id}>
            {renaming === filter.id ? (
              <Rename
                filter={filter}
                onCancel={() => setRenaming(null)}
                onName={(name) =>
                  change.mutate(
                    { id: filter.id, revision: filter.revision, name },
                    { onSuccess: () => setRenaming(null) },
                  )
                }
              />
            ) : (
              <button
                type="button"
                className="text-button"
                aria-current={filter.search === search}
                onClick={() => {
                  router.history.push(`/threats?${filter.search || "show=open"}`);
                  onDone();
                }}
              >
                {filter.name}
                {!filter.mine && <small className="quiet"> {filter.owner.name}</small>}
              </button>
            )}
            <span hidden={renaming === filter.id}>
              <Act
                label={
                  filter.isDefault ? `Threats opens with ${filter.name}: stop that` : `Open Threats with ${filter.name}`
                }
                on={filter.isDefault}
                icon={filter.isDefault ? <IconStarFilled size={15} /> : <IconStar size={15} />}
                onPress={() => openWith.mutate({ filterId: filter.isDefault ? null : filter.id })}
              />
              {filter.mine && may("finding:decide") && (
                <Act
                  label={
                    filter.shared ? `${filter.name} is shared: stop that` : `Share ${filter.name} with everybody here`
                  }
                  on={filter.shared}
                  icon={<IconUsers size={15} />}
                  onPress={() => share.mutate({ id: filter.id, shared: !filter.shared })}
                />
              )}
              {filter.mine && filter.search !== search && (
                <Act
                  label={`Make ${filter.name} the filter on the page now`}
                  icon={<IconRefresh size={15} />}
                  onPress={() => setTo(filter, filter.search, search)}
                />
              )}
              {filter.mine && (
                <Act
                  label={`Rename ${filter.name}`}
                  icon={<IconPencil size={15} />}
                  onPress={() => setRenaming(filter.id)}
                />
              )}
              {filter.mine && (
                <Act
                  label={`Remove ${filter.name}`}
                  icon={<IconTrash size={15} />}
                  onPress={() => remove.mutate({ id: filter.id })}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
      <form onSubmit={submit} className="saved-new">
        <TextInput
          name="name"
          size="xs"
          required
          maxLength={80}
          aria-label="Name of this filter"
          placeholder="Name this filter"
        />
        <Button type="submit" size="xs" loading={save.isPending}>
          Save
        </Button>
      </form>
    </>
  );
}

interface RenameProps {
  filter: SavedFilter;
  onName: (name: string) => void;
  onCancel: () => void;
}

const Rename = ({ filter, onName, onCancel }: RenameProps) => (
  <form
    className="saved-rename"
    onSubmit={(event) => {
      event.preventDefault();
      onName(String(new FormData(event.currentTarget).get("name")));
    }}
  >
    <TextInput
      name="name"
      size="xs"
      required
      maxLength={80}
      defaultValue={filter.name}
      aria-label={`New name of ${filter.name}`}
      ref={(field) => field?.focus()}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    />
    <Button type="submit" size="xs">
      Rename
    </Button>
  </form>
);

interface ActProps {
  label: string;
  icon: React.ReactNode;
  on?: boolean;
  onPress: () => void;
}

const Act = ({ label, icon, on, onPress }: ActProps) => (
  <Tooltip label={label}>
    <ActionIcon
      variant={on === true ? "light" : "subtle"}
      {...(on === true ? {} : { color: "gray" })}
      aria-label={label}
      aria-pressed={on}
      onClick={onPress}
    >
      {icon}
    </ActionIcon>
  </Tooltip>
);
