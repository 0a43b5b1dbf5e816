import { type KeptForm, MDS2_GROUPS, type Mds2Form } from "./schema.ts";

/** A kept form with its answers counted by group, in the order of the form. */
export function showForm(form: Mds2Form, kept: { fileName: string; uploadedBy: string; uploadedAt: Date }): KeptForm {
  const byGroup = Map.groupBy(form.answers, ({ id }) => id.split("-")[0]);
  return {
    ...form,
    fileName: kept.fileName,
    uploadedBy: kept.uploadedBy,
    uploadedAt: kept.uploadedAt.toISOString(),
    groups: MDS2_GROUPS.flatMap((group) => {
      const own = byGroup.get(group);
      if (own === undefined) return [];
      const count = (word: string) => own.filter((one) => one.word === word).length;
      return [{ group, yes: count("yes"), no: count("no"), other: own.length - count("yes") - count("no") }];
    }),
  };
}
