import { Button, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import type { Source } from "../../features/intel/sync/schema.ts";
import { api, ask } from "../api/client.ts";
import { Empty } from "../kit/empty.tsx";
import { sayProblem, sayUndo } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";

interface Props {
  sources: readonly Source[];
  mayManage: boolean;
  adding: boolean;
  onAdding: (adding: boolean) => void;
}

/** Addresses, folders and files that are read. */
export function Sources({ sources, mayManage, adding, onAdding }: Props) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ask.intel.key() });
  const change = useMutation(ask.intel.changeSource.mutationOptions({ onSuccess: refresh, onError: sayProblem }));
  const remove = (source: Source) =>
    api.intel
      .removeSource({ id: source.id })
      .then(refresh)
      .then(() =>
        sayUndo(`${source.name} is no longer read`, () =>
          api.intel.addSource({ name: source.name, location: source.location, enabled: source.enabled }).then(refresh),
        ),
      )
      .catch(sayProblem);
  return (
    <Section
      title="Sources"
      count={sources.length}
      actions={
        mayManage && (
          <Button size="compact-sm" variant="subtle" onClick={() => onAdding(!adding)} aria-expanded={adding}>
            Add a source
          </Button>
        )
      }
    >
      {adding && <AddSource onDone={() => onAdding(false)} />}
      {sources.length === 0 && !adding ? (
        <Empty title="No source yet">
          <p>
            A source is an https address, or a file or folder on the server inside a folder its configuration allows.
            What it holds is recognised by content: OSV, CSAF, CVE records, CISA KEV, EPSS.
          </p>
        </Empty>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Source</th>
                <th scope="col">Read</th>
                {mayManage && (
                  <th scope="col">
                    <span className="sr-only">Remove</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => (
                <tr key={source.id}>
                  <th scope="row">
                    {source.name}
                    <small className="mono">{source.location}</small>
                  </th>
                  <td>
                    <Switch
                      size="xs"
                      aria-label={`Read ${source.name}`}
                      checked={source.enabled}
                      disabled={!mayManage || change.isPending}
                      onChange={(event) =>
                        change.mutate({
                          id: source.id,
                          revision: source.revision,
                          enabled: event.currentTarget.checked,
                        })
                      }
                    />
                  </td>
                  {mayManage && (
                    <td className="right">
                      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => void remove(source)}>
                        Remove<span className="sr-only"> {source.name}</span>
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function AddSource({ onDone }: { onDone: () => void }) {
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
