import type { View } from "../../design/schema.ts";
import type { Model } from "../../model/look-up.ts";
import { type ContentRule, type Found, few, of } from "./rule.ts";

/** The four architecture views (FDA premarket guidance, V.B.2 and App. 2). */
export const viewRules: ContentRule[] = [
  {
    id: "AV-G",
    title: "The global view is there, drawn and explained",
    section: "FDA premarket V.B.2.a",
    fix: "Add elements, zones and flows; explain the picture in the note of its layout",
    find: ({ model }) =>
      view(
        model,
        "global",
        "global view",
        model.file.elements.length > 0 && model.file.flows.length > 0 && model.file.zones.length > 0,
      ),
  },
  {
    id: "AV-M",
    title: "The multi-patient view is there, drawn and explained",
    section: "FDA premarket V.B.2.b",
    fix: "Say how many patients an element acts on (patientsEach, instances); explain the picture in the note of its layout",
    find: ({ model }) =>
      view(
        model,
        "multi-patient",
        "multi-patient view",
        model.file.elements.some(({ patientsEach }) => patientsEach > 0),
      ),
  },
  {
    id: "AV-U",
    title: "The way of an update is there from end to end",
    section: "FDA premarket V.B.2.c, App. 1.H",
    fix: "State it in the update path",
    *find({ model }) {
      yield* view(model, "update", "view of updates", model.file.updatePaths.length > 0);
      for (const path of model.file.updatePaths) {
        const at = of("updatePaths", path);
        const missing = UPDATE_FIELDS.filter(([field]) => path[field] === "").map(([, words]) => words);
        if (missing.length > 0)
          yield {
            at,
            field: UPDATE_FIELDS.find(([field]) => path[field] === "")?.[0] ?? "",
            message: `“${path.name}” does not say ${few(missing, 7)}`,
          };
        if (path.steps.length < 2)
          yield {
            at,
            field: "steps",
            message: `“${path.name}” does not go from one end to the other`,
            fix: "Name every stretch, also those in other hands",
          };
        for (const [i, step] of path.steps.entries())
          if (step.protection === "")
            yield {
              at,
              field: `steps.${i}.protection`,
              message: `Nothing protects “${path.name}” at “${step.name}”${step.controlled ? "" : ", which is in other hands"}`,
            };
        if (path.updates.length === 0) yield { at, field: "updates", message: `“${path.name}” updates nothing` };
      }
      yield* neverUpdated(model);
    },
  },
  {
    id: "AV-S",
    title: "Security use cases cover the states of the device and of the care",
    section: "FDA premarket V.B.2.d",
    fix: "Add a use case with its flows and states; explain the picture in the note of its layout",
    *find({ model }) {
      yield* view(model, "use-cases", "view of security use cases", model.file.useCases.length > 0);
      for (const useCase of model.file.useCases)
        if (useCase.flows.length === 0)
          yield { at: of("useCases", useCase), field: "flows", message: `“${useCase.name}” goes over no flow` };
      const covered = new Set(model.file.useCases.flatMap((one) => [...one.operationalStates, ...one.clinicalStates]));
      for (const state of model.file.states)
        if (!covered.has(state.id)) yield { at: of("states", state), message: `No use case covers “${state.name}”` };
    },
  },
];

const UPDATE_FIELDS = [
  ["signing", "who signs"],
  ["verification", "what is verified before it runs"],
  ["onInterruption", "what an interruption does"],
  ["onFailure", "what a failed update does"],
  ["rollback", "what happens to an older version"],
  ["cadence", "how often, and how fast when it must be"],
] as const;

/** A view is there, or it is said why not; a picture without words is half a view. */
function* view(model: Model, name: View, words: string, isThere: boolean): Generator<Found> {
  if (model.file.head.viewNotApplicable.some((one) => one.view === name)) return;
  if (!isThere) yield { at: null, message: `There is nothing to draw the ${words} of, and no reason why not` };
  else if (!model.file.layouts.some((layout) => layout.view === name && layout.note.trim() !== ""))
    yield { at: null, field: "layouts", message: `Nothing explains the ${words} in words` };
}

/** Programs of the device that no update reaches. */
function* neverUpdated(model: Model): Generator<Found> {
  const updated = new Set(model.file.updatePaths.flatMap(({ updates }) => updates));
  for (const element of model.file.elements)
    if (
      element.inScope &&
      element.components.length > 0 &&
      !updated.has(element.id) &&
      !updated.has(element.parent ?? "")
    )
      yield {
        at: of("elements", element),
        message: `No update path reaches “${element.name}”`,
        fix: "Name it in an update path",
      };
}
