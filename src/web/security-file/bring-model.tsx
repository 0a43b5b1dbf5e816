import { Button, Modal, Radio } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ask } from "../api/client.ts";
import { UploadRefused } from "../api/upload.ts";
import { DropZone } from "../kit/drop-zone.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { counted } from "../kit/words.ts";
import { Losses } from "./losses.tsx";
import { uploadSecurityFile } from "./upload.ts";

interface Props {
  releaseId: string;
  /** The revision on the screen. */
  revision: number;
  onClose: () => void;
}

/** A file from Git or a model of another tool comes in: merged into what is there, or in its place; then what did not fit. */
export function BringModel({ releaseId, revision, onClose }: Props) {
  const queries = useQueryClient();
  const [how, setHow] = useState<"merge" | "replace">("merge");
  const upload = useMutation({
    mutationFn: (file: File) => uploadSecurityFile(releaseId, file, revision, how),
    onSuccess: () => queries.invalidateQueries({ queryKey: ask.securityFile.key() }),
  });
  const failure = upload.error instanceof UploadRefused ? upload.error.problem : upload.error;
  const different = upload.data === undefined ? 0 : Object.keys(upload.data.revisions).length;
  return (
    <Modal
      opened
      onClose={onClose}
      title="Bring a file or a model"
      size="xl"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {failure !== null && <ProblemNotice error={failure} />}
      {upload.data === undefined ? (
        <div className="form">
          <Radio.Group
            value={how}
            onChange={(value) => setHow(value === "replace" ? "replace" : "merge")}
            label="What is here already"
          >
            <Radio value="merge" label="stays; what the file says of the same thing is taken over" mt="xs" />
            <Radio value="replace" label="gives way to the file; it stays in the history" mt="xs" />
          </Radio.Group>
          <DropZone
            what="a security file or a model"
            formats="Cordon, Threat Dragon, Open Threat Model, TM-BOM, Threagile, pytm; known by content"
            accept=".yaml,.yml,.json,.otm"
            disabled={upload.isPending}
            onFile={(file) => upload.mutate(file)}
          />
        </div>
      ) : (
        <>
          <p>
            <b>{counted(different, "item")}</b> {different === 1 ? "is" : "are"} different now.
          </p>
          {upload.data.report !== null && <Losses report={upload.data.report} />}
          <div className="form-end">
            <Button onClick={onClose}>Done</Button>
          </div>
        </>
      )}
    </Modal>
  );
}
