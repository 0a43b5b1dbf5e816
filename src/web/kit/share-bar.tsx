/** A share of a whole as a bar with its number, 0 to 1. */
export function ShareBar({ share, label }: { share: number; label: string }) {
  const percent = Math.floor(share * 1000) / 10;
  return (
    <span className="share" role="img" aria-label={`${label}: ${percent} %`}>
      <span className="share-track">
        <span
          className={`share-fill${share >= 0.999 ? " share-full" : ""}`}
          style={{ width: `${Math.max(share > 0 ? 1 : 0, percent)}%` }}
        />
      </span>
      <span className="share-number num">{percent === 100 ? "100" : percent.toFixed(1)} %</span>
    </span>
  );
}
