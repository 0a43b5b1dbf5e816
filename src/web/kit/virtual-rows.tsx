// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid of placed rows; a table element cannot leave rows out
// biome-ignore-all lint/a11y/useFocusableInteractive: one row holds the focus, not its cells
import { useVirtualizer } from "@tanstack/react-virtual";
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";

interface Props<T> {
  label: string;
  columns: readonly { name: string; className?: string }[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** One cell per column. */
  cells: (row: T) => readonly ReactNode[];
  rowHeight: number;
  /** How many there are on the server; null when unknown. */
  count: number | null;
  opened?: string | null;
  onOpen?: (row: T) => void;
  /** A key pressed on the focused row that the list itself does not use. */
  onKey?: (row: T, key: string, event: KeyboardEvent) => void;
  /** The row that has the focus now. */
  onFocusRow?: (row: T) => void;
  /** The row to give the focus to; a new object asks again. */
  wanted?: { key: string } | null;
  /** A heading above a row that begins a group, else null. */
  headingOf?: (row: T, before: T | undefined) => ReactNode;
  selected?: ReadonlySet<string>;
  onSelect?: (row: T) => void;
  onEnd?: (() => void) | undefined;
  rowClass?: (row: T) => string;
  className?: string;
}

const HEADING_HEIGHT = 44;
const OVERSCAN = 12;
const PRELOAD_ROWS = 20;

/**
 * A table that keeps only the rows in sight in the page, however many there are. One row holds the focus (arrows, Home, End, j, k);
 * Enter opens it, x or Space selects it, i shows the card of what it names. The focus follows its row when rows come and go; when the
 * row itself goes, it stays at the place.
 */
export function VirtualRows<T>(props: Props<T>) {
  const { rows, keyOf, rowHeight, onEnd, wanted, headingOf } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [focus, setFocusState] = useState<{ key: string | null; index: number }>({ key: null, index: 0 });
  const wantsFocus = useRef(false);
  const setFocus = (index: number) => {
    const row = rows[index];
    setFocusState({ key: row === undefined ? null : keyOf(row), index });
  };
  const headings = useMemo(
    () => (headingOf === undefined ? [] : rows.map((row, i) => headingOf(row, rows[i - 1]))),
    [rows, headingOf],
  );
  const headed = (index: number) => (headings[index] ?? null) !== null;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight + (headed(index) ? HEADING_HEIGHT : 0),
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : `${headed(index)} ${keyOf(row)}`;
    },
    overscan: OVERSCAN,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - PRELOAD_ROWS) onEnd?.();
  }, [last, rows.length, onEnd]);
  const followed = focus.key === null ? -1 : rows.findIndex((row) => keyOf(row) === focus.key);
  const active = followed >= 0 ? followed : Math.min(focus.index, Math.max(0, rows.length - 1));
  useEffect(() => {
    const hadFocus = document.activeElement === null || document.activeElement === document.body;
    if (followed >= 0) setFocusState((was) => (was.index === followed ? was : { ...was, index: followed }));
    else if (focus.key !== null && hadFocus && rows.length > 0) wantsFocus.current = true;
  }, [followed, focus.key, rows.length]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new wish moves the focus
  useEffect(() => {
    const index = wanted ? rows.findIndex((row) => keyOf(row) === wanted.key) : -1;
    if (index >= 0) move(index);
  }, [wanted]);
  useEffect(() => {
    if (!wantsFocus.current) return;
    const element = scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (element !== null && element !== undefined) {
      element.focus({ preventScroll: true });
      wantsFocus.current = false;
    }
  });
  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    wantsFocus.current = true;
    virtual.scrollToIndex(next, { align: "auto" });
    setFocus(next);
  };
  const onKeyDown = (row: T, index: number) => (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: index + 1,
      j: index + 1,
      ArrowUp: index - 1,
      k: index - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: index + page,
      PageUp: index - page,
    };
    const to = steps[event.key];
    if (to !== undefined) move(to);
    else if (event.key === "i") event.currentTarget.querySelector<HTMLElement>("[data-object-card]")?.focus();
    else if (event.key === "Enter") props.onOpen?.(row);
    else if ((event.key === " " || event.key === "x") && props.onSelect !== undefined) props.onSelect(row);
    else return props.onKey?.(row, event.key, event);
    event.preventDefault();
  };
  return (
    <div
      className={`rows ${props.className ?? ""}`}
      role="grid"
      aria-label={props.label}
      aria-rowcount={(props.count ?? rows.length) + 1}
      ref={scroller}
    >
      <div className="rows-head" role="row" aria-rowindex={1}>
        {props.columns.map((column) => (
          <span key={column.name} role="columnheader" className={column.className}>
            {column.name}
          </span>
        ))}
      </div>
      <div className="rows-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const key = keyOf(row);
          const selected = props.selected?.has(key) ?? false;
          const line = (
            <div
              key={key}
              data-index={index}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={props.opened === key || selected}
              tabIndex={index === active ? 0 : -1}
              className={`row${props.opened === key ? " row-open" : ""}${selected ? " row-selected" : ""} ${props.rowClass?.(row) ?? ""}`}
              style={{
                height: rowHeight,
                transform: `translateY(${start + (headed(index) ? HEADING_HEIGHT : 0)}px)`,
              }}
              onClick={(event) => {
                setFocus(index);
                if (!(event.target instanceof Element) || event.target.closest("a, button, input, label") === null)
                  props.onOpen?.(row);
              }}
              onKeyDown={onKeyDown(row, index)}
              onFocus={(event) => {
                setFocus(index);
                if (event.target === event.currentTarget) props.onFocusRow?.(row);
              }}
            >
              {props.cells(row).map((cell, i) => (
                <span key={props.columns[i]?.name ?? i} role="gridcell" className={props.columns[i]?.className}>
                  {cell}
                </span>
              ))}
            </div>
          );
          if (!headed(index)) return line;
          return (
            <Fragment key={key}>
              <div
                role="row"
                className="row-heading"
                style={{ height: HEADING_HEIGHT, transform: `translateY(${start}px)` }}
              >
                <span role="gridcell" aria-colspan={props.columns.length}>
                  {headings[index]}
                </span>
              </div>
              {line}
            </Fragment>
          );
        })}
      </div>
    </div>
  );
}
