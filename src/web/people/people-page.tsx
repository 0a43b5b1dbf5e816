import { Button, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMay } from "../api/me.ts";
import { PageHead } from "../kit/page-head.tsx";
import { Invitations } from "./invitations.tsx";
import { Invite } from "./invite.tsx";
import { Keys } from "./keys.tsx";
import { PeopleList } from "./people-list.tsx";

const route = getRouteApi("/in/people");

/** Who may do what: people with their roles, invitations under way, and keys of pipelines. */
export function PeoplePage() {
  const { view, invite } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const mayManage = may("people:manage");
  return (
    <div className="page">
      <PageHead
        title="People"
        question="Who may do what?"
        actions={
          mayManage && (
            <Button
              leftSection={<IconPlus size={16} />}
              onClick={() => void navigate({ search: { view, invite: true } })}
            >
              Invite a person
            </Button>
          )
        }
      />
      {may("key:manage") && (
        <div className="filters">
          <SegmentedControl
            size="xs"
            aria-label="Show"
            data={[
              { value: "people", label: "People" },
              { value: "keys", label: "API keys" },
            ]}
            value={view ?? "people"}
            onChange={(value) => void navigate({ search: value === "keys" ? { view: "keys" } : {}, replace: true })}
          />
        </div>
      )}
      {view === "keys" && may("key:manage") ? (
        <Keys />
      ) : (
        <>
          <PeopleList mayManage={mayManage} />
          <Invitations mayManage={mayManage} />
        </>
      )}
      {invite === true && mayManage && <Invite onClose={() => void navigate({ search: { view } })} />}
    </div>
  );
}
