import { Skeleton } from "@mantine/core";

/** Grey lines of the height the real rows will have, so that nothing jumps. */
export function LoadingRows({ rows = 8, height = 44 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading" className="loading-rows">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="loading-row" style={{ height }}>
          <Skeleton height={12} width={`${[34, 42, 28, 38][row % 4]}%`} radius={3} />
          <Skeleton height={12} width="18%" radius={3} />
          <Skeleton height={12} width="12%" radius={3} />
        </div>
      ))}
    </div>
  );
}

export function LoadingPage() {
  return (
    <div className="page" role="status" aria-label="Loading">
      <Skeleton height={30} width={180} radius={4} mb={10} />
      <Skeleton height={14} width={320} radius={4} mb={36} />
      <Skeleton height={120} radius={10} mb={16} />
      <Skeleton height={240} radius={10} />
    </div>
  );
}
