import { Button, TextInput } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Coverage } from "../../features/evidence/coverage/schema.ts";
import type { Evidence } from "../../features/evidence/stored/schema.ts";
import { saveFile } from "../advisories/save-file.ts";
import { Mark } from "../kit/mark.tsx";
import { Section } from "../kit/section.tsx";
import { coverageCsv, coverageSvg } from "./coverage-export.ts";
import { CoveragePicture } from "./coverage-picture.tsx";
import { STANDING_SHAPE, STANDING_WORD } from "./words.ts";

const route = getRouteApi("/in/devices/$deviceId/evidence");

/** On which days of the period each control was proven, as a picture, as a table, and to take away. */
export function CoverageSection({ coverage, files }: { coverage: Coverage; files: readonly Evidence[] }) {
  const [asTable, setAsTable] = useState(false);
  const names = new Map(files.map(({ id, fileName }) => [id, fileName]));
  const name = `proven-days-${coverage.from}-${coverage.until}`;
  const title = `Proven days, ${coverage.from} to ${coverage.until}, as known on ${coverage.asOf}`;
  if (coverage.targets.length === 0) return null;
  return (
    <Section
      title="Proven days"
      actions={
        <span className="section-actions">
          <Button size="compact-sm" variant="subtle" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? "As picture" : "As table"}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() =>
              saveFile(
                new Blob([coverageCsv(coverage, (id) => names.get(id) ?? id)], { type: "text/csv" }),
                `${name}.csv`,
              )
            }
          >
            CSV
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => saveFile(new Blob([coverageSvg(coverage, title)], { type: "image/svg+xml" }), `${name}.svg`)}
          >
            SVG
          </Button>
        </span>
      }
    >
      <PeriodFields coverage={coverage} />
      {asTable ? <CoverageTable coverage={coverage} names={names} /> : <CoveragePicture coverage={coverage} />}
    </Section>
  );
}

function PeriodFields({ coverage: { from, until, today } }: { coverage: Coverage }) {
  const navigate = useNavigate();
  const { deviceId } = route.useParams();
  const show = (period: { from?: string; until?: string }) =>
    void navigate({
      to: "/devices/$deviceId/evidence",
      params: { deviceId },
      search: (before) => ({ ...before, ...period }),
      replace: true,
      resetScroll: false,
    });
  const year = today.slice(0, 4);
  return (
    <div className="coverage-period">
      <TextInput
        size="xs"
        type="date"
        label="From"
        value={from}
        max={until}
        onChange={({ currentTarget: { value } }) => value !== "" && show({ from: value })}
      />
      <TextInput
        size="xs"
        type="date"
        label="Until"
        value={until}
        min={from}
        onChange={({ currentTarget: { value } }) => value !== "" && show({ until: value })}
      />
      <Button size="compact-sm" variant="default" onClick={() => show({ from: `${year}-01-01`, until: today })}>
        This year
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => show({ from: `${Number(year) - 1}-01-01`, until: `${Number(year) - 1}-12-31` })}
      >
        {Number(year) - 1}
      </Button>
    </div>
  );
}

function CoverageTable({ coverage, names }: { coverage: Coverage; names: ReadonlyMap<string, string> }) {
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Control or test</th>
            <th scope="col">State</th>
            <th scope="col">From</th>
            <th scope="col">Until</th>
            <th scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody>
          {coverage.targets.flatMap((target) =>
            [
              ...target.proven.map((span) => ({ ...span, standing: "proven" as const })),
              ...target.gaps.map(({ reason, ...span }) => ({ ...span, standing: reason, evidence: [] as string[] })),
            ]
              .sort((a, b) => a.from.localeCompare(b.from))
              .map(({ from, until, standing, evidence }, i) => (
                <tr key={`${target.kind} ${target.id} ${from}`}>
                  <th scope="row">{i === 0 && target.name}</th>
                  <td>
                    <span className={`standing standing-${standing}`}>
                      <Mark shape={STANDING_SHAPE[standing]} />
                      {STANDING_WORD[standing]}
                    </span>
                  </td>
                  <td className="num">{from}</td>
                  <td className="num">{until}</td>
                  <td>{evidence.map((id) => names.get(id) ?? id).join(", ")}</td>
                </tr>
              )),
          )}
        </tbody>
      </table>
    </div>
  );
}
