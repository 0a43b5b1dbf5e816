import { Link, type LinkProps } from "@tanstack/react-router";
import type { FindingRow } from "../../features/intel/findings/schema.ts";
import { FindingItem } from "../findings/finding-item.tsx";
import { Empty } from "../kit/empty.tsx";
import { Section } from "../kit/section.tsx";

interface Props {
  title: string;
  items: readonly FindingRow[];
  count: number;
  empty: string;
  note?: string;
  all?: Pick<LinkProps, "to" | "search">;
}

export function FindingList({ title, items, count, empty, note, all }: Props) {
  return (
    <Section
      title={title}
      count={count}
      note={note}
      actions={
        all !== undefined && count > items.length ? <Link {...all}>All {count.toLocaleString("en")}</Link> : undefined
      }
    >
      {items.length === 0 ? (
        <Empty title={empty} good />
      ) : (
        <ul className="items">
          {items.map((finding) => (
            <FindingItem key={finding.id} finding={finding} />
          ))}
        </ul>
      )}
    </Section>
  );
}
