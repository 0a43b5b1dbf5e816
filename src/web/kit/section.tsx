import type { ReactNode } from "react";

interface Props {
  title: string;
  count?: number | undefined;
  note?: ReactNode;
  actions?: ReactNode;
  id?: string;
  children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, count, note, actions, id, children }: Props) {
  return (
    <section className="section" id={id} aria-label={title}>
      <div className="section-head">
        <h2>
          {title}
          {count !== undefined && <span className="section-count num">{count.toLocaleString("en")}</span>}
        </h2>
        {actions}
      </div>
      {note !== undefined && <p className="section-note">{note}</p>}
      {children}
    </section>
  );
}
