import type { SpokenVex } from "../../../features/intel/statements/schema.ts";
import { When } from "../../kit/when.tsx";
import { TRUST_WORD, VEX_REASON, VEX_WORD } from "../../kit/words.ts";

/** One statement: what is said and why, by whom, how far that author is trusted, and where it stands. */
export function SpokenLine({ spoken }: { spoken: SpokenVex }) {
  const { status, justification, impact, action, note, source, issuedAt, document, at, carriedFrom } = spoken;
  const words = [impact, action, note].filter((text) => text !== null).join(" ");
  return (
    <div className="spoken">
      <p>
        <b>{VEX_WORD[status]}</b>
        {justification !== null && <>. {VEX_REASON[justification]}</>}
      </p>
      {words !== "" && <p className="spoken-words">{words}</p>}
      <small className="quiet">
        {source.name || "An unnamed author"} (
        {source.trust === "unknown" ? "nobody said how far it is trusted" : TRUST_WORD[source.trust].toLowerCase()}
        {source.namedBy === "uploader" && `; the document names nobody, ${document.uploadedBy} says it is theirs`}),{" "}
        {issuedAt === null ? "not dated" : <When at={issuedAt} />}
        {carriedFrom !== null && `, carried over from release ${carriedFrom}`}. In{" "}
        <a href={`/api/vex/${document.id}/file`} download>
          {document.fileName}
        </a>{" "}
        at <span className="mono">{at}</span>, given by {document.uploadedBy}
      </small>
    </div>
  );
}
