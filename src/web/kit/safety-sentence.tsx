import { Link } from "@tanstack/react-router";
import type { SentencePart } from "../../features/devices/schema.ts";

interface Props {
  sentence: readonly SentencePart[];
  deviceId: string;
  releaseId: string | undefined;
  /** Inside a card that is itself a link, the words are not. */
  linked?: boolean;
}

const TAB_PATH = {
  overview: "/devices/$deviceId",
  parts: "/devices/$deviceId/parts",
  findings: "/devices/$deviceId/findings",
  fleet: "/devices/$deviceId",
  history: "/devices/$deviceId/history",
} as const;

const typed = (search: Record<string, string>) =>
  Object.fromEntries(Object.entries(search).map(([key, value]) => [key, value === "true" ? true : value]));

/** The sentence about a release, each claim linked to its proof. */
export function SafetySentence({ sentence, deviceId, releaseId, linked = true }: Props) {
  return (
    <p className={`sentence${linked ? "" : " sentence-small"}`}>
      {sentence.map((part, i) => {
        const key = `${i}-${part.text}`;
        if (part.link === null || !linked)
          return (
            <span key={key} className={`tone-${part.tone}`}>
              {part.text}
            </span>
          );
        return (
          <Link
            key={key}
            to={TAB_PATH[part.link.tab]}
            params={{ deviceId }}
            search={{ ...typed(part.link.search), ...(releaseId === undefined ? {} : { release: releaseId }) }}
            hash={part.link.tab === "fleet" ? "units" : ""}
            className={`tone-${part.tone} sentence-link`}
          >
            {part.text}
          </Link>
        );
      })}
    </p>
  );
}
