import { Button, MultiSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { NoticeKind, type Webhook } from "../../features/work/notices/schema.ts";
import { ask } from "../api/client.ts";
import { Empty } from "../kit/empty.tsx";
import { type FieldText, FormDialog } from "../kit/form-dialog.tsx";
import { LoadingRows } from "../kit/loading.tsx";
import { Mark } from "../kit/mark.tsx";
import { say, sayProblem } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { KIND_WORD } from "../notices/kind-words.ts";
import { ShownOnce } from "./shown-once.tsx";

/** Signed calls to other systems: a chat, a ticket system, a SIEM. */
export function Webhooks() {
  const queries = useQueryClient();
  const webhooks = useQuery(ask.webhooks.list.queryOptions());
  const [adding, setAdding] = useState(false);
  const again = (text: string) => () => {
    void queries.invalidateQueries({ queryKey: ask.webhooks.key() });
    say(text);
  };
  const test = useMutation(
    ask.webhooks.test.mutationOptions({
      onSuccess: again("A test is on its way, within a minute"),
      onError: sayProblem,
    }),
  );
  const change = useMutation(ask.webhooks.change.mutationOptions({ onSuccess: again("Saved"), onError: sayProblem }));
  const remove = useMutation(ask.webhooks.remove.mutationOptions({ onSuccess: again("Removed"), onError: sayProblem }));
  if (webhooks.error !== null) return <ProblemNotice error={webhooks.error} onRetry={webhooks.refetch} />;
  if (webhooks.data === undefined) return <LoadingRows rows={3} height={58} />;
  const { items } = webhooks.data;
  return (
    <Section
      title="Webhooks"
      count={items.length}
      note="Each notice goes once to each webhook, signed as the Standard Webhooks specification has it, and is tried again for two days."
      actions={
        <Button size="xs" onClick={() => setAdding(true)}>
          Add a webhook
        </Button>
      }
    >
      {items.length === 0 ? (
        <Empty title="No webhook yet">
          <p>Give the https address of your chat or ticket system, and it hears of new findings and clocks at once.</p>
        </Empty>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Webhook</th>
                <th scope="col">Hears of</th>
                <th scope="col">Last delivery</th>
                <th scope="col">
                  <span className="sr-only">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((webhook) => (
                <tr key={webhook.id} className={webhook.enabled ? "" : "row-gone"}>
                  <th scope="row">
                    {webhook.name}
                    <small>{webhook.url}</small>
                  </th>
                  <td>
                    {webhook.kinds.length === 0
                      ? "everything"
                      : webhook.kinds.map((kind) => KIND_WORD[kind]).join("; ")}
                  </td>
                  <td>
                    <LastDelivery webhook={webhook} />
                  </td>
                  <td className="right">
                    <Button size="compact-xs" variant="subtle" onClick={() => test.mutate({ id: webhook.id })}>
                      Test<span className="sr-only"> {webhook.name}</span>
                    </Button>
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="gray"
                      onClick={() =>
                        change.mutate({ id: webhook.id, revision: webhook.revision, enabled: !webhook.enabled })
                      }
                    >
                      {webhook.enabled ? "Switch off" : "Switch on"}
                      <span className="sr-only"> {webhook.name}</span>
                    </Button>
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      color="gray"
                      onClick={() => remove.mutate({ id: webhook.id })}
                    >
                      Remove<span className="sr-only"> {webhook.name}</span>
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {adding && <AddWebhook onClose={() => setAdding(false)} />}
    </Section>
  );
}

function LastDelivery({ webhook: { enabled, last } }: { webhook: Webhook }) {
  if (!enabled) return <span className="cell-dim">switched off</span>;
  if (last === null) return <span className="cell-dim">none yet</span>;
  const shape = last.state === "delivered" ? "check" : last.state === "failed" ? "triangle" : "half";
  return (
    <>
      <span className="state">
        <Mark shape={shape} />
        {last.state === "delivered" ? "Delivered" : last.state === "failed" ? "Given up" : "Waits"}
      </span>{" "}
      <When at={last.at} time />
      {last.reason !== null && <small>{last.reason}</small>}
    </>
  );
}

function AddWebhook({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [kinds, setKinds] = useState<NoticeKind[]>([]);
  const create = useMutation(
    ask.webhooks.create.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: ask.webhooks.key() }),
    }),
  );
  if (create.data !== undefined)
    return (
      <ShownOnce title={create.data.webhook.name} secret={create.data.secret} what="secret" onClose={onClose}>
        <p>The receiver checks the signature of every delivery with it (docs/notices.md shows how).</p>
      </ShownOnce>
    );
  const submit = (text: FieldText) => {
    create.mutate({ name: text("name"), url: text("url"), kinds });
  };
  return (
    <FormDialog
      title="Add a webhook"
      error={create.error}
      busy={create.isPending}
      send="Add"
      onSend={submit}
      onClose={onClose}
    >
      <TextInput label="Name" name="name" required maxLength={100} placeholder="Security chat" data-autofocus />
      <TextInput label="Address" name="url" type="url" required maxLength={2_000} placeholder="https://" />
      <MultiSelect
        label="Hears of"
        placeholder={kinds.length === 0 ? "everything" : ""}
        data={NoticeKind.options.map((value) => ({ value, label: KIND_WORD[value] }))}
        value={kinds}
        onChange={(values) => setKinds(values.map((value) => NoticeKind.parse(value)))}
      />
    </FormDialog>
  );
}
