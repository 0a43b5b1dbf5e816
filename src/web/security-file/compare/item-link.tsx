import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ItemName } from "../../../features/security-file/diff/schema.ts";
import type { ItemKind } from "../../../features/security-file/schema.ts";

const route = getRouteApi("/in/devices/$deviceId");
const ON_CONTROLS: ReadonlySet<ItemKind> = new Set(["controls", "requirements", "tests", "evidence", "labels"]);

interface Props {
  item: Pick<ItemName, "kind" | "id">;
  /** The release in whose file it stands. */
  release: string;
  children: ReactNode;
}

/** Leads to an item where it is worked on: threats, risks, controls with what proves them, or the design. */
export function ItemLink({ item: { kind, id }, release, children }: Props) {
  const { deviceId } = route.useParams();
  const way = { params: { deviceId }, className: "compare-link" };
  const search = { release, item: id };
  if (kind === "threats")
    return (
      <Link {...way} to="/devices/$deviceId/threats" search={{ ...search, show: "threats" }}>
        {children}
      </Link>
    );
  if (kind === "risks")
    return (
      <Link {...way} to="/devices/$deviceId/risks" search={search}>
        {children}
      </Link>
    );
  if (ON_CONTROLS.has(kind))
    return (
      <Link {...way} to="/devices/$deviceId/controls" search={search}>
        {children}
      </Link>
    );
  return (
    <Link {...way} to="/devices/$deviceId/design" search={search}>
      {children}
    </Link>
  );
}
