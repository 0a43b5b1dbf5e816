import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { starterFile } from "../../features/security-file/edit/starter.ts";
import { entriesOf } from "../../features/security-file/links.ts";
import { api, ask } from "../api/client.ts";
import { UploadRefused } from "../api/upload.ts";
import { CopyLine } from "../kit/copy-line.tsx";
import { DropZone } from "../kit/drop-zone.tsx";
import { Empty } from "../kit/empty.tsx";
import { say } from "../kit/notify.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { counted } from "../kit/words.ts";
import { uploadSecurityFile } from "./upload.ts";

interface Props {
  releaseId: string;
  device: string;
  mayEdit: boolean;
}

/** There is no security file yet: three ways to one. */
export function NoFile({ releaseId, device, mayEdit }: Props) {
  const queries = useQueryClient();
  const done = () => queries.invalidateQueries({ queryKey: ask.securityFile.key() });
  const start = useMutation({
    mutationFn: () =>
      api.securityFile.change({
        releaseId,
        note: "Started from the template",
        changes: [...entriesOf(starterFile(device))].map(({ kind, item }) => ({
          do: "put",
          kind,
          item,
          was: null,
        })) as never,
      }),
    onSuccess: done,
  });
  const upload = useMutation({
    mutationFn: (file: File) => uploadSecurityFile(releaseId, file, 0),
    onSuccess: ({ report }) => {
      const count = report?.total ?? 0;
      if (count > 0) say(`${counted(count, "thing")} did not fit as they were. “cordon file import” lists them.`);
      return done();
    },
  });
  if (!mayEdit)
    return (
      <Empty title="No security file yet">
        <p>An engineer or a product security engineer begins it. Until then nobody can say how this device is built.</p>
      </Empty>
    );
  const failure = start.error ?? (upload.error instanceof UploadRefused ? upload.error.problem : upload.error);
  return (
    <div className="sf-start">
      {failure !== null && <ProblemNotice error={failure} />}
      <h2>How is {device} built, and who talks to it?</h2>
      <p className="section-note">
        The security file holds the design, what it does for patients, what can go wrong, and what proves that it does
        not. The pictures, the threats and the documents are made from it.
      </p>
      <div className="sf-ways">
        <section>
          <h3>Begin with a template</h3>
          <p>A device, a person at the bedside, a hospital network and an update server. Change everything.</p>
          <Button onClick={() => start.mutate()} loading={start.isPending}>
            Start from the template
          </Button>
        </section>
        <section>
          <h3>Bring a file</h3>
          <DropZone
            what="a security file or a model"
            formats="Cordon, Threat Dragon, Open Threat Model, TM-BOM, Threagile, pytm; known by content"
            accept=".yaml,.yml,.json,.otm"
            disabled={upload.isPending}
            onFile={(file) => upload.mutate(file)}
          />
        </section>
        <section>
          <h3>Keep it in Git</h3>
          <p>The same file as text, checked where you write it:</p>
          <CopyLine text="./cordon file check security-file.yaml" />
        </section>
      </div>
    </div>
  );
}
