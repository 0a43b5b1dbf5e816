import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { ask } from "../api/client.ts";
import { ProblemNotice } from "../kit/problem-notice.tsx";

/** An address, file or folder that is read as it is; or another CSAF provider, visited as the catalogue's. */
export function AddSource({ onDone }: { onDone: () => void }) {
  const queries = useQueryClient();
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
    add.mutate({ name: String(form.get("name")), location: String(form.get("location")), enabled: true });
  };
  return (
    <form onSubmit={submit} className="form form-inset">
      {add.error !== null && <ProblemNotice error={add.error} />}
      <div className="form-row form-source">
        <TextInput label="Name" name="name" required maxLength={100} placeholder="CISA KEV" />
        <TextInput
          label="Address, or path on the server"
          name="location"
          required
          maxLength={1_000}
          placeholder="https://… or a folder the configuration allows"
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
