import { dateText, fromNow } from "./time.ts";

interface Props {
  at: string;
  /** Show hours and minutes too. */
  time?: boolean;
  /** The relative part under the date, in a row of a list. */
  below?: boolean;
  /** No relative part: it stands in a column of its own. */
  bare?: boolean;
}

/** A date, absolute with the relative one beside it: "5 Dec, in 12 days". */
export function When({ at, time = false, below = false, bare = false }: Props) {
  const now = new Date();
  const beside = fromNow(at, now);
  return (
    <time dateTime={at} className={below ? "when when-below" : "when"} title={at}>
      {dateText(at, now, time)}
      {below && <small>{beside}</small>}
      {!below && !bare && <span className="when-beside">, {beside}</span>}
    </time>
  );
}
