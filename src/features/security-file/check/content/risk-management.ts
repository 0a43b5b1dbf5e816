import type { Model } from "../../model/look-up.ts";
import type { Item } from "../../schema.ts";
import { type ContentRule, type Found, of, traced } from "./rule.ts";

/** What the security risk management report must conclude (FDA premarket guidance, V.A and VI.B). */
export const riskManagementRules: ContentRule[] = [
  {
    id: "SRM-3",
    title: "What remains is concluded on",
    section: "FDA premarket V.A",
    fix: "Say in “residual” why what remains is acceptable: benefit against risk",
    *find({ model, weighed }) {
      for (const risk of model.file.risks)
        if (
          risk.residual.trim() === "" &&
          (risk.treatment === "accept" || weighed.get(risk.id)?.after.acceptability === "reduce")
        )
          yield {
            at: of("risks", risk),
            field: "residual",
            message: `Nothing says why what remains of “${risk.name}” is acceptable`,
          };
    },
  },
  {
    id: "SRM-4",
    title: "What is done about each risk is decided",
    section: "FDA premarket V.A",
    fix: "Choose reduce, avoid, transfer or accept",
    *find({ model }) {
      for (const risk of model.file.risks)
        if (risk.treatment === "undecided")
          yield {
            at: of("risks", risk),
            field: "treatment",
            message: `Nobody decided what is done about “${risk.name}”`,
          };
    },
  },
  {
    id: "SRM-6",
    title: "Security that gets in the way of care, and safety that opens a way in, are treated in both files",
    section: "FDA premarket V.A; ANSI/AAMI SW96",
    fix: "Name both in each other: the control in causedBy, the situation or threat in treatedIn",
    *find({ model }) {
      for (const control of model.file.controls) yield* forward(control, model);
      for (const situation of model.file.situations)
        for (const [i, id] of situation.causedBy.entries())
          yield* backward(
            id,
            situation.id,
            { at: of("situations", situation), field: `causedBy.${i}`, message: situation.name },
            model,
          );
      for (const threat of model.file.threats)
        for (const [i, id] of threat.causedBy.entries())
          yield* backward(
            id,
            threat.id,
            { at: of("threats", threat), field: `causedBy.${i}`, message: threat.name },
            model,
          );
    },
  },
  {
    id: "SRM-7",
    title: "A risk is transferred only to somebody who is told of it",
    section: "FDA premarket V.A, VI.A",
    fix: "Fill in transfer: to whom, what informs them, and the labeling that names the risk",
    *find(context) {
      yield* traced(context, "SRM-7");
      for (const risk of context.model.file.risks)
        if (risk.transfer !== null && risk.transfer.informs === "")
          yield {
            at: of("risks", risk),
            field: "transfer.informs",
            message: `Nothing says how ${risk.transfer.to} learns of “${risk.name}”`,
          };
    },
  },
];

/** A control with a side effect names where it is treated, and is named there. */
function* forward(control: Item<"controls">, model: Model): Generator<Found> {
  const at = of("controls", control);
  const wanted = control.purpose === "security" ? "situations" : "threats";
  const word = wanted === "situations" ? "hazardous situation" : "threat";
  if (control.purpose === "safety" && control.sideEffect === "")
    yield {
      at,
      field: "sideEffect",
      message: `“${control.name}” is a safety measure, and nothing says what it opens`,
      fix: "Say what it opens to an attacker, or take it out of the file",
    };
  if (control.sideEffect === "") {
    if (control.treatedIn.length > 0)
      yield {
        at,
        field: "sideEffect",
        message: `“${control.name}” is treated in ${control.treatedIn.join(", ")}, and states no side effect`,
        fix: "State the side effect",
      };
    return;
  }
  const named = control.treatedIn.map((id) => model.entry(id)).filter((entry) => entry?.kind === wanted);
  if (named.length === 0)
    yield {
      at,
      field: "treatedIn",
      message: `“${control.name}” can do this: ${control.sideEffect}. No ${word} treats it`,
    };
  for (const entry of named)
    if (entry !== undefined && "causedBy" in entry.item && !entry.item.causedBy.includes(control.id))
      yield {
        at,
        field: "treatedIn",
        message: `“${control.name}” is said to be treated in “${entry.item.name}”, which does not name it`,
      };
}

/** What names a control as its cause is named by it in turn. */
function* backward(controlId: string, id: string, found: Found, model: Model): Generator<Found> {
  const entry = model.entry(controlId);
  if (entry?.kind !== "controls" || !("treatedIn" in entry.item) || entry.item.treatedIn.includes(id)) return;
  yield { ...found, message: `“${found.message}” is brought about by “${entry.item.name}”, which does not name it` };
}
