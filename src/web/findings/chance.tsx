interface Props {
  epss: { score: number; percentile: number } | null;
}

/** Chance of exploitation in the next 30 days (EPSS). Unknown is not zero. */
export function Chance({ epss }: Props) {
  if (epss === null)
    return (
      <span className="cell-dim" title="No EPSS score: unknown, not zero">
        unknown
      </span>
    );
  const percent = epss.score * 100;
  return (
    <span className="num" title={`Higher than ${(epss.percentile * 100).toFixed(1)} % of all scored vulnerabilities`}>
      {percent >= 10 ? percent.toFixed(0) : percent.toFixed(1)} %
    </span>
  );
}
