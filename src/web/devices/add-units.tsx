import { Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Release, UnitStatus } from "../../features/devices/schema.ts";
import { ask } from "../api/client.ts";
import { type FieldText, FormDialog } from "../kit/form-dialog.tsx";
import { say } from "../kit/notify.tsx";
import { counted, UNIT_WORD } from "../kit/words.ts";

const serialsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,;\t]/)
      .map((serial) => serial.trim())
      .filter((serial) => serial !== ""),
  ),
];

/** Many at once: serial numbers as they come out of a spreadsheet. */
export function AddUnits({ release, onClose }: { release: Release; onClose: () => void }) {
  const queries = useQueryClient();
  const [serials, setSerials] = useState<string[]>([]);
  const add = useMutation(
    ask.devices.addUnits.mutationOptions({
      onSuccess: ({ units }) => {
        void queries.invalidateQueries({ queryKey: ask.devices.key() });
        say(`${counted(units.length, "unit")} added`);
        onClose();
      },
    }),
  );
  const submit = (text: FieldText, form: FormData) => {
    const installedOn = text("installedOn") || null;
    const status = UnitStatus.parse(form.get("status"));
    const site = text("site");
    add.mutate({ id: release.id, units: serials.map((serial) => ({ serial, site, status, installedOn })) });
  };
  return (
    <FormDialog
      title={`Add units of ${release.version}`}
      error={add.error}
      busy={add.isPending}
      send={serials.length === 0 ? "Add" : `Add ${counted(serials.length, "unit")}`}
      ready={serials.length > 0 && serials.length <= 1_000}
      onSend={submit}
      onClose={onClose}
    >
      <Textarea
        label="Serial numbers"
        description="One per line, at most 1,000 at once."
        required
        minRows={5}
        maxRows={12}
        data-autofocus
        onChange={(event) => setSerials(serialsOf(event.currentTarget.value))}
        error={serials.length > 1_000 ? "More than 1,000: add them in parts." : null}
      />
      <TextInput label="Site" name="site" maxLength={200} />
      <div className="form-row">
        <Select
          label="Status"
          name="status"
          allowDeselect={false}
          defaultValue="in-use"
          data={UnitStatus.options.map((value) => ({ value, label: UNIT_WORD[value] }))}
        />
        <TextInput label="Installed on" name="installedOn" type="date" />
      </div>
    </FormDialog>
  );
}
