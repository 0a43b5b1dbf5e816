import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ask } from "../api/client.ts";
import { ProblemNotice } from "../kit/problem-notice.tsx";

const KINDS = {
  plain: {
    label: "Address, or path on the server",
    placeholder: "https://… or a folder the configuration allows",
    name: "CISA KEV",
    note: "Read as it is; what it holds is recognised by content.",
  },
  csaf: {
    label: "Address of the provider",
    placeholder: "https://psirt.example.com, or of its provider-metadata.json",
    name: "Maker of a part",
    note: "Visited every six hours; each advisory is held against its hash and the provider's signature. A site's address alone is looked up at /.well-known/csaf.",
  },
} as const;

/** An address, file or folder that is read as it is; or another CSAF provider, visited as the catalogue's. */
export function AddSource({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
  const [kind, setKind] = useState<keyof typeof KINDS>("plain");
  const add = useMutation(
    ask.intel.addSource.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: ask.intel.key() });
        onDone();
      },
    }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, location] = [String(form.get("name")), String(form.get("location"))];
    add.mutate({ name, location, enabled: true, plugIn: kind === "csaf" ? "csaf" : null });
  };
  const words = KINDS[kind];
  return (
    <form onSubmit={submit} className="form form-inset">
      {add.error !== null && <ProblemNotice error={add.error} />}
      <SegmentedControl
        size="xs"
        aria-label="What kind of source"
        value={kind}
        onChange={(value) => setKind(value === "csaf" ? "csaf" : "plain")}
        data={[
          { value: "plain", label: "File, folder or address" },
          { value: "csaf", label: "CSAF provider" },
        ]}
      />
      <div className="form-row form-source">
        <TextInput label="Name" name="name" required maxLength={100} placeholder={words.name} />
        <TextInput
          label={words.label}
          name="location"
          required
          maxLength={1_000}
          placeholder={words.placeholder}
          description={words.note}
          inputWrapperOrder={["label", "input", "description", "error"]}
        />
      </div>
      <div className="form-end">
        <Button variant="default" size="xs" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" size="xs" loading={add.isPending}>
          Add
        </Button>
      </div>
    </form>
  );
}
