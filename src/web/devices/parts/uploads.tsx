import type { SbomUpload } from "../../../features/devices/parts/schema.ts";
import { fileSize } from "../../kit/file-size.ts";
import { Mark } from "../../kit/mark.tsx";
import { When } from "../../kit/when.tsx";
import { counted } from "../../kit/words.ts";

/** Every SBOM this release was given, newest first; the bytes are kept as they came. */
export function Uploads({ uploads }: { uploads: readonly SbomUpload[] }) {
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Format</th>
            <th scope="col" className="right">
              Parts
            </th>
            <th scope="col">Uploaded</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {uploads.map((upload) => (
            <tr key={upload.id}>
              <th scope="row">
                <a href={`/api/sboms/${upload.id}/file`} download>
                  {upload.fileName}
                </a>
                <small>
                  {fileSize(upload.sizeBytes)}
                  {upload.current && (
                    <span className="note-inline">
                      {" "}
                      <Mark shape="check" /> current
                    </span>
                  )}
                  {upload.problems.length > 0 && `, ${counted(upload.problems.length, "place")} not used`}
                </small>
              </th>
              <td>
                {upload.format.standard} {upload.format.version}
                <small>{upload.tools.join(", ") || upload.format.encoding}</small>
              </td>
              <td className="right num">{upload.components.toLocaleString("en")}</td>
              <td>
                <When at={upload.uploadedAt} time below />
                <small>{upload.uploadedBy}</small>
              </td>
              <td className="mono cell-dim" title={upload.sha256}>
                {upload.sha256.slice(0, 16)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
