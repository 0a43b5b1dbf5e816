import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ask } from "../api/client.ts";

const route = getRouteApi("/in/devices/$deviceId");

/** The device of the page and the release looked at: the one in the address, else the current one. */
export function useRelease() {
  const { deviceId } = route.useParams();
  const { release: wanted } = route.useSearch();
  const device = useQuery(ask.devices.get.queryOptions({ input: { id: deviceId } }));
  const releaseId = wanted ?? device.data?.release?.id;
  const release = useQuery(
    ask.devices.release.queryOptions({ input: { id: releaseId ?? "" }, enabled: releaseId !== undefined }),
  );
  return { deviceId, releaseId, device, release };
}
