import type { AdvisoryContent, AdvisoryVulnerability } from "../../features/publish/schema.ts";
import { REMEDY_WORD, STATUS_WORD } from "./words.ts";

/** The advisory as a page: what a hospital's security officer reads. */
export function AsRead({ trackingId, content }: { trackingId: string; content: AdvisoryContent }) {
  return (
    <article className="as-read">
      <p className="quiet">{trackingId}</p>
      <h2>{content.title || "Without a title"}</h2>
      <p className="as-read-text">{content.summary}</p>
      {content.harm !== "" && (
        <>
          <h3>What it means for patients</h3>
          <p className="as-read-text">{content.harm}</p>
        </>
      )}
      {content.vulnerabilities.map((one) => (
        <OneVulnerability key={one.name} vulnerability={one} content={content} />
      ))}
    </article>
  );
}

const ORDER = ["affected", "under_investigation", "fixed", "not_affected"] as const;

function OneVulnerability({
  vulnerability,
  content,
}: {
  vulnerability: AdvisoryVulnerability;
  content: AdvisoryContent;
}) {
  const names = new Map(content.products.map(({ releaseId, name, version }) => [releaseId, `${name} ${version}`]));
  const having = ORDER.map((status) => ({
    status,
    releases: vulnerability.statements
      .filter((one) => one.status === status)
      .flatMap(({ releaseId }) => names.get(releaseId) ?? []),
  })).filter(({ releases }) => releases.length > 0);
  const remedies = having.some(({ status }) => status === "affected") ? vulnerability.remedies : [];
  return (
    <section>
      <h3>{vulnerability.name}</h3>
      <dl className="facts">
        {having.map(({ status, releases }) => (
          <div key={status} className="facts-pair">
            <dt>{STATUS_WORD[status]}</dt>
            <dd>{releases.join(", ")}</dd>
          </div>
        ))}
      </dl>
      {remedies.length > 0 && (
        <>
          <h4>What to do</h4>
          <ul className="as-read-list">
            {remedies.map(({ kind, details, availableOn }) => (
              <li key={`${kind} ${details}`}>
                <b>{REMEDY_WORD[kind]}.</b> {details} {availableOn !== null && `Available from ${availableOn}.`}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
