import { contentRule } from "../../../features/security-file/check/content/content.ts";
import type { Problem } from "../../../features/security-file/schema.ts";
import { Empty } from "../../kit/empty.tsx";
import { Mark } from "../../kit/mark.tsx";
import { counted } from "../../kit/words.ts";
import { KIND_WORD } from "../form/words.ts";

interface Props {
  problems: readonly Problem[];
  item: string | undefined;
  onOpen: (id: string) => void;
}

const STRUCTURE = { title: "The file holds together", section: "structure" };

/** What breaks the file, and what it does not say: by rule, with the section that asks for it; each leads to its item. */
export function CheckList({ problems, item, onOpen }: Props) {
  if (problems.length === 0)
    return (
      <Empty title="Nothing is wrong, nothing is missing">
        <p>Every rule that the check knows is met.</p>
      </Empty>
    );
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const rules = [...new Set(problems.map(({ rule }) => rule))];
  return (
    <div className="sf-check">
      <p>
        {errors > 0 && <b className="tone-bad">{counted(errors, "error")}, </b>}
        <b>{counted(problems.length - errors, "gap")}</b>, found by {counted(rules.length, "rule")}. Each leads to the
        item it is about; the section says who asks.
      </p>
      {rules.map((rule) => {
        const { title, section } = contentRule(rule) ?? STRUCTURE;
        return (
          <section key={rule} aria-label={rule}>
            <h3>
              <code>{rule}</code> {title} <span className="quiet sf-section">{section}</span>
            </h3>
            <ul>
              {problems
                .filter((problem) => problem.rule === rule)
                .map((problem) => (
                  <One key={`${problem.at?.id} ${problem.field} ${problem.message}`} {...{ problem, item, onOpen }} />
                ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function One({
  problem: { at, severity, message, fix },
  item,
  onOpen,
}: { problem: Problem } & Omit<Props, "problems">) {
  return (
    <li className={at !== null && at.id === item ? "sf-here" : undefined}>
      <span className={severity === "error" ? "tone-bad" : "tone-warn"} title={severity}>
        <Mark shape={severity === "error" ? "cross" : "ring"} />
        <span className="sr-only">{severity}: </span>
      </span>
      <span>
        {at === null ? (
          <b>{message}</b>
        ) : (
          <button type="button" className="sf-link" onClick={() => onOpen(at.id)}>
            {message}
          </button>
        )}
        <span className="quiet sf-below">
          {fix}
          {at === null ? "" : ` · ${KIND_WORD[at.kind].toLowerCase()} ${at.id}`}
        </span>
      </span>
    </li>
  );
}
