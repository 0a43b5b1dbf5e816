import { Button, Menu, Switch } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Source } from "../../features/intel/sync/schema.ts";
import { api, ask } from "../api/client.ts";
import { Empty } from "../kit/empty.tsx";
import { fileSize } from "../kit/file-size.ts";
import { say, sayProblem, sayUndo } from "../kit/notify.tsx";
import { Section } from "../kit/section.tsx";
import { AddSource } from "./add-source.tsx";
import { SourceState } from "./source-state.tsx";

interface Props {
  sources: readonly Source[];
  mayManage: boolean;
  adding: boolean;
  onAdding: (adding: boolean) => void;
}

/** What is read, and how each of it stands: those in trouble first. */
export function Sources({ sources, mayManage, adding, onAdding }: Props) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: ask.intel.key() });
  const change = useMutation(ask.intel.changeSource.mutationOptions({ onSuccess: refresh, onError: sayProblem }));
  const startOver = (source: Source) =>
    api.intel
      .startOver({ id: source.id })
      .then(() => say(`The next run takes all of ${source.name} again; what is known stays in use until then`))
      .catch(sayProblem);
  const remove = (source: Source) => {
    const { name, location, enabled, plugIn, choice } = source;
    return api.intel
      .removeSource({ id: source.id })
      .then(refresh)
      .then(() =>
        sayUndo(`${name} is no longer read`, () =>
          api.intel.addSource({ name, location, enabled, plugIn, choice }).then(refresh),
        ),
      )
      .catch(sayProblem);
  };
  const sorted = [...sources].sort((a, b) => trouble(b) - trouble(a));
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
            Take some from the catalogue below with one click. “Add a source” reads any other https address, or a file
            or folder on the server inside a folder its configuration allows; what it holds is recognised by content.
          </p>
        </Empty>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Source</th>
                <th scope="col">State</th>
                <th scope="col" className="right">
                  Kept
                </th>
                <th scope="col">Read</th>
                {mayManage && (
                  <th scope="col">
                    <span className="sr-only">Change</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {sorted.map((source) => (
                <tr key={source.id}>
                  <th scope="row">
                    {source.name}
                    <small className="mono">{source.location}</small>
                    {source.choice.length > 0 && <small>Only {source.choice.join(", ")}</small>}
                  </th>
                  <td>
                    <SourceState source={source} />
                  </td>
                  <td className="right num">
                    {source.standing === null ? (
                      <span className="cell-dim">read in full</span>
                    ) : (
                      <>
                        {source.standing.records.toLocaleString("en")}
                        <small>{fileSize(source.standing.sizeBytes)}</small>
                      </>
                    )}
                  </td>
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
                    <td className="right row-actions">
                      {source.standing !== null && (
                        <Menu position="bottom-end">
                          <Menu.Target>
                            <Button
                              size="compact-xs"
                              variant="subtle"
                              color="gray"
                              aria-label={`More for ${source.name}`}
                            >
                              <IconDots size={16} />
                            </Button>
                          </Menu.Target>
                          <Menu.Dropdown>
                            <Menu.Item onClick={() => void startOver(source)}>Take all of it again</Menu.Item>
                          </Menu.Dropdown>
                        </Menu>
                      )}
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

const trouble = ({ standing, enabled }: Source): number =>
  !enabled || standing === null ? 0 : standing.failure !== null ? 2 : standing.late ? 1 : 0;
