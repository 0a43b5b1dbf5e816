import type { ReactNode } from "react";

/** The frame of the pages in front of the door. */
export function Gate({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="gate" id="main">
      <div className="gate-box">
        <p className="brand gate-brand">
          <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
            <path
              d="M12 2 3.500 5.200v6.300c0 5 3.600 8.700 8.500 10.500 4.900-1.800 8.500-5.500 8.500-10.500V5.200z"
              fill="currentColor"
            />
            <path
              d="M6.500 12.200h2.900l1.500-3.700 2.400 6.800 1.400-3.100h2.800"
              fill="none"
              stroke="var(--paper)"
              strokeWidth="1.700"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </svg>
          Cordon
        </p>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
