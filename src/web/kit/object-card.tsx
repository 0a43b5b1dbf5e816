import { HoverCard } from "@mantine/core";
import type { KeyboardEvent, ReactNode } from "react";

const OPEN_AFTER_MS = 450;
const CLOSE_AFTER_MS = 120;

interface Props {
  /** What is named here, as it stands in the text. */
  children: ReactNode;
  /** Put on the page, and so fetched, only when the card opens. */
  card: ReactNode;
}

/**
 * A named object with its small card: on hover, or when it gets the focus (in a list: `i` on the row, and again for the next one of the
 * row). It floats over the page and moves nothing; Escape closes it and gives the focus back to the row.
 */
export function ObjectCard({ children, card }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "Escape" && event.key !== "i") return;
    event.preventDefault();
    event.stopPropagation();
    const row = event.currentTarget.closest<HTMLElement>("[role=row], a.item");
    const cards = [...(row?.querySelectorAll<HTMLElement>("[data-object-card]") ?? [])];
    const next = event.key === "i" ? cards[cards.indexOf(event.currentTarget) + 1] : undefined;
    const back = next ?? row;
    if (back !== null) back.focus({ preventScroll: true });
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  return (
    <HoverCard
      withRoles={false}
      openDelay={OPEN_AFTER_MS}
      closeDelay={CLOSE_AFTER_MS}
      width={340}
      position="bottom-start"
      shadow="md"
      events={{ hover: true, focus: true }}
      interactive
    >
      <HoverCard.Target>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only answers the keys that close the card */}
        <span data-object-card tabIndex={-1} onKeyDown={onKeyDown}>
          {children}
        </span>
      </HoverCard.Target>
      <HoverCard.Dropdown className="object-card" aria-live="polite" onClick={(event) => event.stopPropagation()}>
        {card}
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
