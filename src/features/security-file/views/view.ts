import type { View } from "../design/schema.ts";
import type { SecurityFile } from "../schema.ts";
import { globalView } from "./global.ts";
import { multiPatientView } from "./multi-patient.ts";
import type { Picture } from "./picture.ts";
import { updateView } from "./update.ts";
import { useCaseView } from "./use-case.ts";

const VIEWS: Record<View, (file: SecurityFile, of?: string) => Picture> = {
  global: globalView,
  "multi-patient": multiPatientView,
  update: updateView,
  "use-cases": useCaseView,
};

/** One of the four architecture views. `of`: the compromised element, the update path or the use case it is about. */
export const viewOf = (file: SecurityFile, view: View, of?: string): Picture => VIEWS[view](file, of);

/** What a view can be about, in the order of the file. */
export function subjectsOf(file: SecurityFile, view: View): { id: string; name: string }[] {
  if (view === "use-cases") return file.useCases;
  if (view === "update") return file.updatePaths;
  if (view === "multi-patient") return file.elements;
  return [];
}
