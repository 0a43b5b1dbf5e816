import { useQuery } from "@tanstack/react-query";
import { ask } from "../../api/client.ts";
import { WayPicture } from "./way-picture.tsx";

/** The worst way of a part to a patient by the release's security file, in a sentence and as a picture. */
export function HarmWay({ releaseId, component }: { releaseId: string; component: string }) {
  const ways = useQuery(ask.securityFile.paths.queryOptions({ input: { releaseId, component, limit: 1 } }));
  const [path] = ways.data?.paths ?? [];
  if (path === undefined) return null;
  return (
    <div className="harm-way">
      <p>{path.sentence}</p>
      <p className="quiet">{ways.data?.exposure.sentence}</p>
      <WayPicture steps={path.steps} />
    </div>
  );
}
