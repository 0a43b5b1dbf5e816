import { Button } from "@mantine/core";
import type { Decision, State } from "../../features/intel/findings/schema.ts";
import { counted } from "../kit/words.ts";
import { DecideBar } from "./decide-bar.tsx";

interface Props {
  count: number;
  noun: string;
  many?: string;
  asking: State | null;
  onAsk: (state: State | null) => void;
  onDecide: (decision: Decision) => void;
  onClear: () => void;
}

/** What was selected and what can be done with all of it. */
export function BulkBar({ count, noun, many, onClear, ...decide }: Props) {
  return (
    <section className="bulk" aria-label="Selected">
      <p role="status">
        <b className="num">{counted(count, noun, many)}</b> selected
        <Button size="compact-xs" variant="subtle" onClick={onClear}>
          Clear
        </Button>
      </p>
      <DecideBar {...decide} />
    </section>
  );
}
