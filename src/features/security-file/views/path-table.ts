import { type Flow, PATH_FIELDS } from "../design/schema.ts";
import type { SecurityFile } from "../schema.ts";
import { byId } from "./boxes.ts";
import { CARRIES_WORD, PATH_WORD } from "./words.ts";

export interface PathAnswer {
  field: string;
  asks: string;
  answer: string;
  state: "stated" | "not-applicable" | "missing";
}

/** A communication path with what is said of it. */
export interface PathRow {
  flow: Flow;
  from: string;
  to: string;
  answers: PathAnswer[];
  stated: number;
  asked: number;
}

/** What is asked of one communication path, answered or not (FDA premarket guidance, App. 2.B). */
export function pathAnswers(file: SecurityFile, flow: Flow): PathAnswer[] {
  const { path } = flow;
  const nameOf = (ids: readonly string[], list: readonly { id: string; name: string }[]) => {
    const items = byId(list);
    return ids.map((id) => items.get(id)?.name ?? id).join(", ");
  };
  const yes = (value: boolean | null) => (value === null ? "" : value ? "Yes" : "No");
  const ports = nameOf(
    [flow.fromPort, flow.toPort].flatMap((id) => id ?? []),
    file.ports,
  );
  const answered: [string, string, string][] = [
    ["interfaces", "Interfaces at its ends", ports],
    ["carries", "What it carries", flow.carries.map((each) => CARRIES_WORD[each]).join(", ")],
    ["assets", "Which assets", nameOf(flow.assets, file.assets)],
    ["protocol", "Protocol", path.protocol],
    ["protocolVersion", "Version of the protocol", path.protocolVersion],
    ["port", "Port, channel or frequency", path.port],
    ["roles", "User roles", path.roles.join(", ")],
    ["mutual", "Both ends prove who they are", yes(path.mutual)],
    ["antiReplay", "Old messages are refused", yes(path.antiReplay)],
    ["encrypted", "Encrypted", yes(path.encrypted)],
    ["integrityProtected", "Protected against change", yes(path.integrityProtected)],
    ["credentials", "Credentials", nameOf(path.credentials, file.credentials)],
    ...PATH_FIELDS.map((field): [string, string, string] => [field, PATH_WORD[field], path[field]]),
    ["evidence", "Evidence for these claims", nameOf(path.evidence, file.evidence)],
  ];
  return answered.map(([field, asks, answer]) => {
    const reason = path.notApplicable.find((each) => each.field === field)?.because;
    if (answer !== "") return { field, asks, answer, state: "stated" };
    return reason === undefined
      ? { field, asks, answer: "", state: "missing" }
      : { field, asks, answer: `Not applicable: ${reason}`, state: "not-applicable" };
  });
}

export function pathRow(file: SecurityFile, flow: Flow): PathRow {
  const elements = byId(file.elements);
  const answers = pathAnswers(file, flow);
  return {
    flow,
    from: elements.get(flow.from)?.name ?? flow.from,
    to: elements.get(flow.to)?.name ?? flow.to,
    answers,
    stated: answers.filter(({ state }) => state !== "missing").length,
    asked: answers.length,
  };
}
