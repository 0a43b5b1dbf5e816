import type { ReactNode } from "react";

interface Props {
  title: string;
  /** The question the page answers. */
  question: string;
  actions?: ReactNode;
}

export function PageHead({ title, question, actions }: Props) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        <p className="question">{question}</p>
      </div>
      {actions !== undefined && <div className="page-actions">{actions}</div>}
    </header>
  );
}
