import { useMemo } from "react";
import { legendMarks } from "../../../features/security-file/views/draw/legend.ts";
import type { Picture } from "../../../features/security-file/views/picture.ts";
import { Marks } from "./marks.tsx";

const WIDTH = 1240;

/** What the signs on the picture mean. */
export function Legend({ picture }: { picture: Picture }) {
  const { marks, height } = useMemo(() => legendMarks(picture, WIDTH), [picture]);
  return (
    <svg className="sf-legend" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label="What the signs mean">
      {marks.map(({ x, y, mark }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: signs have no identity but their place
        <g key={i} transform={`translate(${x} ${y})`}>
          <Marks marks={[mark]} />
        </g>
      ))}
    </svg>
  );
}
