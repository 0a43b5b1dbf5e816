import type { Total } from "../../lib/page.ts";
import { counted } from "./words.ts";

/** "1,204 findings", "more than 10,000 findings". */
export function TotalText({ total, noun, many }: { total: Total | undefined; noun: string; many?: string }) {
  if (total === undefined) return <span className="total">&nbsp;</span>;
  return (
    <span className="total num" role="status">
      {total.exact ? "" : "more than "}
      {counted(total.count, noun, many)}
    </span>
  );
}
