import type { ReactNode } from "react";

interface Props {
  on: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
  count?: number | undefined;
}

/** A filter that is on or off; its state stands in the URL. */
export function FilterChip({ on, onChange, children, count }: Props) {
  return (
    <button type="button" className="chip" aria-pressed={on} onClick={() => onChange(!on)}>
      {children}
      {count !== undefined && <span className="num chip-count">{count.toLocaleString("en")}</span>}
    </button>
  );
}
