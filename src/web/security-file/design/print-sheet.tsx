import { useEffect, useMemo } from "react";
import { createPortal } from "react-dom";
import type { SecurityFile } from "../../../features/security-file/schema.ts";
import { boxMarks } from "../../../features/security-file/views/draw/box.ts";
import { legendMarks } from "../../../features/security-file/views/draw/legend.ts";
import { labelMarks, strokeMarks } from "../../../features/security-file/views/draw/line.ts";
import type { Mark } from "../../../features/security-file/views/draw/mark.ts";
import { sidesOf } from "../../../features/security-file/views/draw/sides.ts";
import { PRINT } from "../../../features/security-file/views/draw/svg.ts";
import { zoneMarks } from "../../../features/security-file/views/draw/zone.ts";
import { explain } from "../../../features/security-file/views/explain.ts";
import type { Placed } from "../../../features/security-file/views/lay-out/place.ts";
import { pathRow } from "../../../features/security-file/views/path-table.ts";
import { Marks } from "./marks.tsx";

interface Props {
  caption: string;
  revision: number;
  file: SecurityFile;
  placed: Placed;
  of: string | undefined;
  onDone: () => void;
}

const LEGEND_WIDTH = 1100;

/**
 * What goes on paper, or into a PDF: the picture, its text, and each communication path with all answers (App. 2). Shown to the
 * printer only; it opens the browser's print and goes when that is closed.
 */
export function PrintSheet({ caption, revision, file, placed, of, onDone }: Props) {
  const { picture } = placed;
  const passages = useMemo(() => explain(file, picture.view, of), [file, picture.view, of]);
  const paths = useMemo(() => {
    const shown = new Set(picture.lines.map((line) => line.of.id));
    return file.flows.filter(({ id }) => shown.has(id)).map((flow) => pathRow(file, flow));
  }, [file, picture]);
  useEffect(() => {
    window.addEventListener("afterprint", onDone);
    const soon = setTimeout(() => window.print(), 50);
    return () => {
      clearTimeout(soon);
      window.removeEventListener("afterprint", onDone);
    };
  }, [onDone]);
  return createPortal(
    <article className="print-sheet">
      <h1>
        {caption}: {picture.title}
      </h1>
      <p>Security file, revision {revision}</p>
      <Drawing placed={placed} />
      {picture.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <Signs placed={placed} />
      {passages.map(({ heading, sentences, list }) => (
        <section key={heading}>
          <h2>{heading}</h2>
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <ul>
            {list.map(({ id, text }) => (
              <li key={`${id} ${text}`}>{text}</li>
            ))}
          </ul>
        </section>
      ))}
      {paths.length > 0 && <h2>Communication paths</h2>}
      {paths.map(({ flow, from, to, answers, stated, asked }) => (
        <section key={flow.id}>
          <h3>
            {flow.name}: {from} {flow.bothWays ? "↔" : "→"} {to} ({stated} of {asked} stated)
          </h3>
          <table>
            <tbody>
              {answers.map(({ field, asks, answer, state }) => (
                <tr key={field}>
                  <th scope="row">{asks}</th>
                  <td>{state === "missing" ? "Not stated" : answer}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </article>,
    document.body,
  );
}

function Drawing({ placed }: { placed: Placed }) {
  const { bounds, zones, boxes, lines, picture } = placed;
  const sides = sidesOf(placed);
  return (
    <svg viewBox={`${bounds.x} ${bounds.y} ${bounds.width} ${bounds.height}`} role="img" aria-label={picture.title}>
      {zones.map((zone) => (
        <At key={zone.frame.id} x={zone.x} y={zone.y} marks={zoneMarks(zone)} />
      ))}
      {lines.map(({ line, points }) => (
        <At key={line.id} x={0} y={0} marks={strokeMarks(line, points)} />
      ))}
      {boxes.map((box) => (
        <At key={box.box.id} x={box.x} y={box.y} marks={boxMarks(box, { sides: sides.get(box.box.id) ?? new Map() })} />
      ))}
      {lines.map(({ line, label }) => (
        <At key={line.id} x={0} y={0} marks={labelMarks(line, label)} />
      ))}
    </svg>
  );
}

function Signs({ placed }: { placed: Placed }) {
  const { marks, height } = legendMarks(placed.picture, LEGEND_WIDTH);
  return (
    <svg viewBox={`0 0 ${LEGEND_WIDTH} ${height}`} role="img" aria-label="What the signs mean">
      {marks.map(({ x, y, mark }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: signs have no identity but their place
        <At key={i} x={x} y={y} marks={[mark]} />
      ))}
    </svg>
  );
}

const At = ({ x, y, marks }: { x: number; y: number; marks: readonly Mark[] }) => (
  <g transform={`translate(${x} ${y})`}>
    <Marks marks={marks} colours={PRINT} />
  </g>
);
