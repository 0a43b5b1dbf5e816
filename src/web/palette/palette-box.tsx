import { useDebouncedValue } from "@mantine/hooks";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import {
  IconArrowRight,
  IconBug,
  IconDeviceHeartMonitor,
  IconPackage,
  IconPlus,
  IconSearch,
  IconTag,
  IconUser,
} from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Hit } from "../../features/work/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { openKeysHelp } from "../shell/keys-help.tsx";
import { ENTRIES } from "../shell/rail-entries.ts";
import { hitPath } from "./hit-path.ts";

const [store, control] = createSpotlight();
const PAUSE_MS = 120;
const ICON: Record<Hit["kind"], typeof IconBug> = {
  device: IconDeviceHeartMonitor,
  release: IconTag,
  component: IconPackage,
  vulnerability: IconBug,
  finding: IconBug,
  person: IconUser,
};
const GROUP: Record<Hit["kind"], string> = {
  device: "Devices",
  release: "Releases",
  component: "Parts",
  vulnerability: "Vulnerabilities",
  finding: "Findings",
  person: "People",
};

interface Action {
  id: string;
  label: string;
  description?: string;
  go: () => void;
  icon: typeof IconBug;
}

/** The palette: pages and actions at once, devices, parts, vulnerabilities and people as you type. */
export function PaletteBox({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const router = useRouter();
  const may = useMay();
  const [text, setText] = useState("");
  const [wanted] = useDebouncedValue(text.trim(), PAUSE_MS);
  const found = useQuery(
    ask.work.search.queryOptions({
      input: { text: wanted },
      enabled: wanted !== "",
      placeholderData: keepPreviousData,
    }),
  );
  useEffect(() => (opened ? control.open() : control.close()), [opened]);
  const go = (href: string) => () => router.history.push(href);
  const actions: Action[] = [
    ...ENTRIES.filter((entry) => may(entry.can)).map((entry) => ({
      id: entry.to,
      label: entry.name,
      description: entry.question,
      go: go(entry.to),
      icon: entry.icon,
    })),
    ...(may("device:write")
      ? [{ id: "add-device", label: "Add a device", go: go("/devices?add=true"), icon: IconPlus }]
      : []),
    ...(may("people:manage")
      ? [{ id: "invite", label: "Invite a person", go: go("/people?invite=true"), icon: IconPlus }]
      : []),
    ...(may("intel:read")
      ? [{ id: "feeds", label: "Feeds and their ages", go: go("/threats/feeds"), icon: IconArrowRight }]
      : []),
    { id: "account", label: "My security", go: go("/account"), icon: IconArrowRight },
    { id: "keys", label: "Show the keys", go: openKeysHelp, icon: IconArrowRight },
  ].filter((action) => matches(text, action.label));
  const hits = wanted === "" ? [] : (found.data?.hits ?? []);
  const groups = [...new Set(hits.map((hit) => hit.kind))];
  return (
    <Spotlight.Root
      store={store}
      query={text}
      onQueryChange={setText}
      onSpotlightClose={onClose}
      shortcut={null}
      scrollable
      maxHeight={460}
      size={620}
      radius={10}
    >
      <Spotlight.Search
        placeholder="Device, part, CVE, person, action"
        aria-label="Find"
        leftSection={<IconSearch size={18} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {groups.map((kind) => (
          <Spotlight.ActionsGroup key={kind} label={GROUP[kind]}>
            {hits
              .filter((hit) => hit.kind === kind)
              .map((hit) => {
                const Icon = ICON[kind];
                return (
                  <Spotlight.Action
                    key={`${hit.kind}-${hit.id}-${hit.releaseId}`}
                    label={hit.title}
                    description={hit.detail}
                    leftSection={<Icon size={18} stroke={1.7} />}
                    onClick={go(hitPath(hit))}
                  />
                );
              })}
          </Spotlight.ActionsGroup>
        ))}
        {actions.length > 0 && (
          <Spotlight.ActionsGroup label="Go and do">
            {actions.map(({ id, label, description, go: onClick, icon: Icon }) => (
              <Spotlight.Action
                key={id}
                label={label}
                description={description ?? ""}
                leftSection={<Icon size={18} stroke={1.7} />}
                onClick={onClick}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {hits.length === 0 && actions.length === 0 && (
          <Spotlight.Empty>
            {found.isFetching
              ? "Looking…"
              : "Nothing by that name. Try a part of it: openssl, CVE-2021, a serial number."}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

const matches = (text: string, label: string) => label.toLowerCase().includes(text.trim().toLowerCase());
