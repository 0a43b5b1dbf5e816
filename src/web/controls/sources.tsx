import { Checkbox } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeptForm } from "../../features/controls/mds2/schema.ts";
import { CatalogueReceipt, type ChosenCatalogues } from "../../features/controls/schema.ts";
import { api, ask } from "../api/client.ts";
import { UploadRefused, uploadFile } from "../api/upload.ts";
import { DropZone } from "../kit/drop-zone.tsx";
import { sayProblem } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";

interface Props {
  releaseId: string;
  chosen: ChosenCatalogues;
  mayEdit: boolean;
  mayImport: boolean;
}

const once = () => ({ onProgress: () => {}, signal: new AbortController().signal });
const problem = (error: unknown) => (error instanceof UploadRefused ? error.problem : error);

/** Where demands come from: the catalogues this release answers to, and the filled MDS2 form. */
export function Sources({ releaseId, chosen, mayEdit, mayImport }: Props) {
  const queries = useQueryClient();
  const catalogues = useQuery(ask.controls.catalogues.queryOptions());
  const mds2 = useQuery(ask.controls.mds2.queryOptions({ input: { releaseId } }));
  const refresh = () => queries.invalidateQueries({ queryKey: ask.controls.key() });
  const choose = useMutation({
    mutationFn: (names: string[]) => api.controls.choose({ releaseId, names, revision: chosen.revision }),
    onSuccess: refresh,
    onError: sayProblem,
  });
  const bring = useMutation({
    mutationFn: (file: File) => uploadFile("/catalogs", file, CatalogueReceipt, once()),
    onSuccess: refresh,
  });
  const fill = useMutation({
    mutationFn: (file: File) => uploadFile(`/releases/${releaseId}/mds2`, file, KeptForm, once()),
    onSuccess: refresh,
  });
  const form = mds2.data?.form ?? null;
  return (
    <>
      <Section title="Catalogues" note="What this release answers to. Controls refer to their entries by id.">
        {bring.error !== null && <ProblemNotice error={problem(bring.error)} />}
        <ul className="control-sources">
          {(catalogues.data?.items ?? []).map(({ name, title, controls, publisher, losses }) => (
            <li key={name}>
              <Checkbox
                checked={chosen.names.includes(name)}
                disabled={!mayEdit || choose.isPending}
                onChange={({ currentTarget: { checked } }) =>
                  choose.mutate(checked ? [...chosen.names, name] : chosen.names.filter((one) => one !== name))
                }
                label={title}
                description={`${publisher === "" ? "" : `${publisher} · `}${controls} controls${losses.length === 0 ? "" : ` · ${losses.length} things were left out at import`}`}
              />
              <a href={`/api/catalogs/${encodeURIComponent(name)}.json`} download>
                OSCAL
              </a>
              <a href={`/api/catalogs/${encodeURIComponent(name)}.csv`} download>
                CSV
              </a>
            </li>
          ))}
        </ul>
        {mayImport && (
          <DropZone
            what="an OSCAL catalogue or profile"
            formats="JSON or YAML, OSCAL 1.0 to 1.2, as NIST SP 800-53; a profile after its catalogue"
            accept=".json,.yaml,.yml"
            disabled={bring.isPending}
            onFile={(file) => bring.mutate(file)}
          />
        )}
      </Section>
      <Section
        title="MDS2"
        note="The manufacturer's form of 2019. Ids, answers and notes are kept; the questions stay in the form."
        actions={
          form !== null && (
            <span className="control-links">
              <a href={`/api/releases/${releaseId}/mds2.xlsx`} download>
                Workbook
              </a>
              <a href={`/api/releases/${releaseId}/mds2.csv`} download>
                CSV
              </a>
            </span>
          )
        }
      >
        {fill.error !== null && <ProblemNotice error={problem(fill.error)} />}
        {form !== null && (
          <>
            <p>
              {form.answers.length} answers from {form.fileName}, by {form.uploadedBy}
              {form.unanswered.length > 0 && (
                <span className="tone-warn">
                  {" "}
                  · {form.unanswered.length} {form.unanswered.length === 1 ? "question" : "questions"} without an answer
                </span>
              )}
            </p>
            <ul className="control-groups">
              {form.groups.map(({ group, yes, no, other }) => (
                <li key={group}>
                  <b>{group}</b> <span className="num">{yes} yes</span> <span className="num">{no} no</span>{" "}
                  <span className="num quiet">{other} other</span>
                </li>
              ))}
            </ul>
            {form.losses.length > 0 && (
              <ul className="control-losses">
                {form.losses.slice(0, 20).map(({ at, what }) => (
                  <li key={`${at} ${what}`}>
                    <code>{at}</code> {what}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
        {mayEdit && (
          <DropZone
            what="a filled MDS2 workbook"
            formats="Excel (.xlsx), question ids as MPII-1"
            accept=".xlsx"
            disabled={fill.isPending}
            onFile={(file) => fill.mutate(file)}
          />
        )}
      </Section>
    </>
  );
}
