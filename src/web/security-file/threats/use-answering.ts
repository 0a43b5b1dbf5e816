import { useEffect, useRef, useState } from "react";
import type { Proposal } from "../../../features/security-file/propose/schema.ts";
import { isTyping } from "../../shell/use-go-keys.ts";
import type { Open } from "./open-proposals.ts";

interface Options {
  open: Open;
  opened: string | null;
  onOpen: (id: string | null) => void;
  mayEdit: boolean;
  accept: (proposals: readonly Proposal[]) => void;
  reject: (proposals: readonly Proposal[], reason: string) => void;
  edit: (proposal: Proposal) => void;
  undo: () => void;
}

/**
 * Answering with one hand on the keyboard: a key answers what is selected, else the line at hand, and goes on to the next by itself.
 */
export function useAnswering(options: Options) {
  const { open, opened, onOpen } = options;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const [focused, setFocused] = useState<string | null>(null);
  const lastReason = useRef("");
  const lines = open.proposals;
  const atHand = lines.find(({ id }) => id === (opened ?? focused)) ?? null;
  const chosen = lines.filter(({ id }) => selected.has(id));
  const targets = chosen.length > 0 ? chosen : atHand === null ? [] : [atHand];

  const go = (line: Proposal | undefined) => {
    setFocused(line?.id ?? null);
    if (opened !== null) onOpen(line?.id ?? null);
    if (line !== undefined) requestAnimationFrame(() => focusLine(line.id));
  };
  /** The next line that is not answered now: after the last of them, else before the first. */
  const goOn = (done: readonly Proposal[]) => {
    const last = lines.findLastIndex((line) => done.includes(line));
    const rest = (line: Proposal) => !done.includes(line);
    go(lines.slice(last + 1).find(rest) ?? lines.slice(0, last).findLast(rest));
    setSelected(new Set());
    setAsking(false);
  };
  const accept = (these = targets) => {
    if (these.length === 0) return;
    options.accept(these);
    goOn(these);
  };
  const reject = (reason: string) => {
    if (targets.length === 0) return;
    lastReason.current = reason;
    options.reject(targets, reason);
    goOn(targets);
  };
  const toggle = (ids: readonly string[]) => {
    const all = ids.every((id) => selected.has(id));
    setSelected(new Set(all ? [...selected].filter((id) => !ids.includes(id)) : [...selected, ...ids]));
  };
  const step = (by: 1 | -1) => {
    const at = atHand === null ? -1 : lines.indexOf(atHand);
    const next = lines[Math.max(0, at + by)];
    if (next !== undefined) go(next);
  };

  const onKey = (key: string): boolean => {
    if (key === "j" || key === "ArrowDown") step(1);
    else if (key === "k" || key === "ArrowUp") step(-1);
    else if (!options.mayEdit) return false;
    else if (key === "z") options.undo();
    else if (key === "x" && atHand !== null) toggle([atHand.id]);
    else if (key === "X" && atHand !== null) toggle(groupOf(open, atHand));
    else if (key === "a" && targets.length > 0) accept();
    else if (key === "r" && targets.length > 0) setAsking(true);
    else if (key === "." && targets.length > 0 && lastReason.current !== "") reject(lastReason.current);
    else if (key === "e" && atHand !== null) options.edit(atHand);
    else return false;
    return true;
  };
  const handler = useRef(onKey);
  handler.current = onKey;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event)) return;
      if (handler.current(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  return {
    selected,
    chosen,
    targets,
    asking,
    ask: setAsking,
    toggle,
    accept,
    reject,
    clear: () => setSelected(new Set()),
    onFocus: setFocused,
  };
}

const groupOf = ({ groups }: Open, line: Proposal) =>
  (groups.find(({ proposals }) => proposals.includes(line))?.proposals ?? []).map(({ id }) => id);

function focusLine(id: string): void {
  const line = document.querySelector<HTMLElement>(`[data-proposal="${CSS.escape(id)}"]`);
  line?.focus({ preventScroll: true });
  line?.scrollIntoView({ block: "nearest" });
}
