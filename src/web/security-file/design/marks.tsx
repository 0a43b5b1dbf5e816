import type { Mark, Tone } from "../../../features/security-file/views/draw/mark.ts";

const TONE: Record<Tone, string> = {
  ink: "var(--ink)",
  "soft-ink": "var(--ink-2)",
  "faint-ink": "var(--quiet-solid)",
  paper: "var(--paper)",
  soft: "var(--sunken)",
  zone: "var(--soft)",
  line: "var(--line-strong)",
  alarm: "var(--bad)",
  "alarm-soft": "var(--bad-soft)",
  none: "none",
};

/** The marks of a drawing on the page: the same that are printed, in the colours of the theme. */
export const Marks = ({ marks, colours = TONE }: { marks: readonly Mark[]; colours?: Record<Tone, string> }) =>
  marks.map((mark, i) =>
    mark.mark === "path" ? (
      <path
        // biome-ignore lint/suspicious/noArrayIndexKey: marks have no identity but their place
        key={i}
        d={mark.d}
        fill={colours[mark.fill]}
        stroke={colours[mark.stroke]}
        strokeWidth={mark.width}
        strokeDasharray={mark.dash}
      />
    ) : (
      <text
        // biome-ignore lint/suspicious/noArrayIndexKey: marks have no identity but their place
        key={i}
        x={mark.x}
        y={mark.y}
        fontSize={mark.size}
        fontWeight={mark.weight}
        textAnchor={mark.anchor}
        fill={colours[mark.tone]}
      >
        {mark.text}
      </text>
    ),
  );
