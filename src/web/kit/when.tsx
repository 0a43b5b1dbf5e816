import { dateText, fromNow } from "./time.ts";

interface Props {
  at: string;
  /** Show hours and minutes too. */
  time?: boolean;
  /** Leave the relative part to the tooltip, where space is small. */
  brief?: boolean;
}

/** A date, absolute with the relative one beside it: "5 Dec, in 12 days". */
export function When({ at, time = false, brief = false }: Props) {
  const now = new Date();
  const beside = fromNow(at, now);
  return (
    <time dateTime={at} className="when" title={brief ? beside : at}>
      {dateText(at, now, time)}
      {!brief && <span className="when-beside">, {beside}</span>}
    </time>
  );
}
