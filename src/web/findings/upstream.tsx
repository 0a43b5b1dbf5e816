import { Spoiler } from "@mantine/core";
import { When } from "../kit/when.tsx";

interface Props {
  details: string;
  references: readonly string[];
  cwes: readonly string[];
  publishedAt: string | null;
  modifiedAt: string | null;
}

/** What the advisory itself says, as text; its links leave Cordon. */
export function Upstream({ details, references, cwes, publishedAt, modifiedAt }: Props) {
  return (
    <section>
      <h3>What upstream says</h3>
      <p className="quiet">
        {publishedAt !== null && (
          <>
            Published <When at={publishedAt} />
          </>
        )}
        {modifiedAt !== null && (
          <>
            {publishedAt === null ? "Changed " : "; changed "}
            <When at={modifiedAt} />
          </>
        )}
        {cwes.length > 0 && ` · ${cwes.join(", ")}`}
      </p>
      {details === "" ? (
        <p className="quiet">No text.</p>
      ) : (
        <Spoiler maxHeight={180} showLabel="Show all" hideLabel="Show less">
          <p className="upstream">{details}</p>
        </Spoiler>
      )}
      {references.length > 0 && (
        <ul className="references">
          {references.filter(isWeb).map((reference) => (
            <li key={reference}>
              <a href={reference} target="_blank" rel="noreferrer noopener">
                {reference.replace(/^https?:\/\//, "")}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const isWeb = (text: string): boolean => /^https?:\/\//i.test(text);
