import { useCallback, useEffect, useRef, useState } from "react";
import type { Decision, State } from "../../features/intel/findings/schema.ts";
import { isTyping } from "../shell/use-go-keys.ts";
import { decisionOfKey, needsReason } from "./decide-bar.tsx";

interface Options<T> {
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** The row whose details are open. */
  opened: string | null;
  onOpen: (row: T | null) => void;
  mayDecide: boolean;
  decide: (targets: readonly T[], decision: Decision) => void;
  undo: () => void;
  /** Accepts what is proposed for a row. */
  accept?: (row: T) => void;
  /** Rows of one group; without it all rows are one. */
  groupOf?: (row: T) => string;
}

/**
 * Triage with one hand on the keyboard: a key decides what is selected, else the row at hand, and goes on to the next one by itself.
 * The details follow the row at hand while they are open.
 */
export function useTriage<T>(options: Options<T>) {
  const { rows, keyOf, opened, onOpen, mayDecide } = options;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<State | null>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const [wanted, setWanted] = useState<{ key: string } | null>(null);
  const last = useRef<Decision | null>(null);
  const latest = useRef(options);
  latest.current = options;

  const chosen = rows.filter((row) => selected.has(keyOf(row)));
  const atHand = rows.find((row) => keyOf(row) === (opened ?? focused)) ?? null;
  const go = useCallback((row: T) => {
    const { keyOf: key, onOpen: open, opened: shown } = latest.current;
    setWanted({ key: key(row) });
    setFocused(key(row));
    if (shown !== null) open(row);
  }, []);

  const decideTargets = (targets: readonly T[], decision: Decision) => {
    if (targets.length === 0) return;
    last.current = decision;
    setAsking(null);
    setSelected(new Set());
    options.decide(targets, decision);
    goOnFrom(targets);
  };
  const goOnFrom = (done: readonly T[]) => {
    const next = nextAfter(rows, done);
    if (next !== undefined) go(next);
    else if (opened !== null) onOpen(null);
  };
  const targets = chosen.length > 0 ? chosen : atHand === null ? [] : [atHand];
  const decide = (decision: Decision) => decideTargets(targets, decision);
  const toggle = (row: T) => {
    const next = new Set(selected);
    if (!next.delete(keyOf(row))) next.add(keyOf(row));
    setSelected(next);
  };
  const selectGroup = (row: T) => {
    const group = options.groupOf?.(row);
    const keys = rows.filter((one) => options.groupOf?.(one) === group).map(keyOf);
    const all = keys.every((key) => selected.has(key));
    setSelected(new Set(all ? [...selected].filter((key) => !keys.includes(key)) : [...selected, ...keys]));
  };

  const onKey = (key: string): boolean => {
    if (key === "j" || key === "ArrowDown" || key === "k" || key === "ArrowUp") {
      const at = atHand === null ? -1 : rows.indexOf(atHand);
      const next = rows[Math.max(0, at + (key === "j" || key === "ArrowDown" ? 1 : -1))];
      if (next !== undefined) go(next);
      return true;
    }
    if (key === "Enter" && atHand !== null && opened === null) {
      onOpen(atHand);
      return true;
    }
    if (!mayDecide) return false;
    if (key === "z") options.undo();
    else if (key === "." && last.current !== null) decide(last.current);
    else if (key === "X" && atHand !== null) selectGroup(atHand);
    else if (key === "p" && atHand !== null && options.accept !== undefined) options.accept(atHand);
    else {
      const state = decisionOfKey(key);
      if (state === null || targets.length === 0) return false;
      if (!needsReason(state)) decide({ state, justification: null, note: "" });
      else {
        if (chosen.length === 0 && opened === null && atHand !== null) onOpen(atHand);
        setAsking(state);
      }
    }
    return true;
  };
  const handler = useRef(onKey);
  handler.current = onKey;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event) || isControl(event)) return;
      if (handler.current(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  return {
    selected,
    chosen,
    asking,
    wanted,
    ask: setAsking,
    toggle,
    selectGroup,
    clear: () => setSelected(new Set()),
    decide,
    goOnFrom,
    /** Gives the focus to a row, once it is there. */
    focus: (key: string) => {
      setFocused(key);
      setWanted({ key });
    },
    onFocusRow: (row: T) => {
      setFocused(keyOf(row));
      if (opened !== null && opened !== keyOf(row)) {
        setAsking(null);
        onOpen(row);
      }
    },
  };
}

/** Enter and Space belong to the button or link that has the focus. */
const isControl = (event: KeyboardEvent): boolean =>
  (event.key === "Enter" || event.key === " ") &&
  event.target instanceof Element &&
  event.target.closest("a, button, [role=button]") !== null;

/** The first row after the decided ones, else the nearest before them. */
function nextAfter<T>(rows: readonly T[], targets: readonly T[]): T | undefined {
  const done = new Set(targets);
  const last = rows.findLastIndex((row) => done.has(row));
  return rows.slice(last + 1).find((row) => !done.has(row)) ?? rows.slice(0, last).findLast((row) => !done.has(row));
}
