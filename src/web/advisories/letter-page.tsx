import { Button, Select } from "@mantine/core";
import { IconFileTypeDocx, IconFileTypePdf } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Letter, LetterText } from "../../features/publish/schema.ts";
import { ask } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { LoadingPage } from "../kit/loading.tsx";
import { say } from "../kit/notify.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { fetchLetter } from "./fetch-letter.ts";
import { LetterFields } from "./letter-fields.tsx";
import { LetterSheet } from "./letter-sheet.tsx";
import { saveFile } from "./save-file.ts";

const route = getRouteApi("/in/threats/advisories/$advisoryId/letter");

/** What do we write to this customer? The advisory's own words, to be corrected, with the units it is about. */
export function LetterPage() {
  const { advisoryId: id } = route.useParams();
  const { site } = route.useSearch();
  const { data, error, refetch } = useQuery(
    ask.publish.letter.queryOptions({ input: { id, site }, refetchOnWindowFocus: false, staleTime: 0 }),
  );
  if (error !== null && data === undefined)
    return (
      <div className="page">
        <ProblemNotice error={error} onRetry={refetch} />
      </div>
    );
  if (data === undefined) return <LoadingPage />;
  return <LetterDesk key={site ?? ""} id={id} site={site} letter={data} />;
}

function LetterDesk({ id, site, letter }: { id: string; site: string | undefined; letter: Letter }) {
  const navigate = route.useNavigate();
  const may = useMay();
  const [text, setText] = useState<LetterText>(letter.text);
  const publisher = useQuery(ask.publish.publisher.queryOptions());
  const take = useMutation({
    mutationFn: (format: "pdf" | "docx") => fetchLetter(id, format, { text, site }),
    onSuccess: ({ blob, name }) => {
      saveFile(blob, name);
      say(`${name} is made; the ledger names it`);
    },
  });
  return (
    <div className="page page-wide">
      <p className="crumb">
        <Link to="/threats/advisories">Advisories</Link> /{" "}
        <Link to="/threats/advisories/$advisoryId" params={{ advisoryId: id }}>
          back to the advisory
        </Link>
      </p>
      <PageHead
        title="Letter to customers"
        question="What do we write to the people who run the device?"
        actions={
          may("advisory:write") && (
            <>
              <Button
                variant="default"
                leftSection={<IconFileTypeDocx size={16} />}
                loading={take.isPending && take.variables === "docx"}
                onClick={() => take.mutate("docx")}
              >
                DOCX
              </Button>
              <Button
                leftSection={<IconFileTypePdf size={16} />}
                loading={take.isPending && take.variables === "pdf"}
                onClick={() => take.mutate("pdf")}
              >
                PDF
              </Button>
            </>
          )
        }
      />
      {take.error !== null && <ProblemNotice error={take.error} />}
      <div className="advisory-work">
        <div className="advisory-form form">
          <Select
            label="To"
            description={
              site === undefined
                ? "All units are listed, and nobody’s site is named."
                : "Only the units at this site are listed."
            }
            placeholder="All customers"
            clearable
            clearButtonProps={{ "aria-label": "All customers" }}
            searchable
            data={letter.sites}
            value={site ?? null}
            onChange={(value) => void navigate({ search: { site: value ?? undefined }, replace: true })}
          />
          <LetterFields text={text} onChange={setText} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <aside className="advisory-side" aria-label="The letter" tabIndex={0}>
          <LetterSheet text={text} letter={letter} site={site} publisher={publisher.data} />
        </aside>
      </div>
    </div>
  );
}
