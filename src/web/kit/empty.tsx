import type { ReactNode } from "react";

interface Props {
  title: string;
  children?: ReactNode;
  /** A good emptiness ("nothing waits for you") is shown calmer than one that needs work. */
  good?: boolean;
}

/** An empty place that teaches: what is missing, why it matters, the exact next step. */
export function Empty({ title, children, good = false }: Props) {
  return (
    <div className={`empty${good ? " empty-good" : ""}`}>
      <p className="empty-title">{title}</p>
      {children}
    </div>
  );
}
