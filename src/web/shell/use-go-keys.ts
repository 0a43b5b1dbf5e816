import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useMay } from "../api/me.ts";
import { openKeysHelp } from "./keys-help.tsx";
import { ENTRIES } from "./rail-entries.ts";

const SECOND_KEY_MS = 1_200;

/** True while the person types into something, or holds a modifier: then a letter is a letter. */
export const isTyping = (event: KeyboardEvent): boolean =>
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  (event.target instanceof HTMLElement &&
    (event.target.isContentEditable ||
      event.target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null));

/** `g` then a letter goes to a page; `?` shows all keys. */
export function useGoKeys(): void {
  const navigate = useNavigate();
  const may = useMay();
  const wentAt = useRef(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event)) return;
      if (event.key === "?") openKeysHelp();
      else if (event.key === "g") wentAt.current = event.timeStamp;
      else if (event.timeStamp - wentAt.current < SECOND_KEY_MS && wentAt.current > 0) {
        wentAt.current = 0;
        // Whatever follows `g` is no command of the page.
        event.preventDefault();
        const entry = ENTRIES.find(({ key }) => key === event.key);
        if (entry === undefined || !may(entry.can)) return;
        void navigate({ to: entry.to });
      }
    };
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  });
}
