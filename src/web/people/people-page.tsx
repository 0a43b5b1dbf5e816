import { Button, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMay } from "../api/me.ts";
import { PageHead } from "../kit/page-head.tsx";
import { Invitations } from "./invitations.tsx";
import { Invite } from "./invite.tsx";
import { Keys } from "./keys.tsx";
import { PeopleList } from "./people-list.tsx";
import { Roles } from "./roles.tsx";
import { Webhooks } from "./webhooks.tsx";

const route = getRouteApi("/in/people");

/** Who may do what: people with their roles, invitations under way, and keys of pipelines. */
export function PeoplePage() {
  const { view, invite } = route.useSearch();
  const navigate = route.useNavigate();
  const may = useMay();
  const mayManage = may("people:manage");
  const hidden = (view === "keys" && !may("key:manage")) || (view === "webhooks" && !may("organization:manage"));
  const shown = view === undefined || hidden ? "people" : view;
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
      <div className="filters">
        <SegmentedControl
          size="xs"
          aria-label="Show"
          data={[
            { value: "people", label: "People" },
            { value: "roles", label: "Roles" },
            ...(may("key:manage") ? [{ value: "keys", label: "API keys" }] : []),
            ...(may("organization:manage") ? [{ value: "webhooks", label: "Webhooks" }] : []),
          ]}
          value={shown}
          onChange={(value) =>
            void navigate({
              search: value === "keys" || value === "roles" || value === "webhooks" ? { view: value } : {},
              replace: true,
            })
          }
        />
      </div>
      {shown === "roles" && <Roles />}
      {shown === "keys" && <Keys />}
      {shown === "webhooks" && <Webhooks />}
      {shown === "people" && (
        <>
          <PeopleList mayManage={mayManage} />
          <Invitations mayManage={mayManage} />
        </>
      )}
      {invite === true && mayManage && <Invite onClose={() => void navigate({ search: { view } })} />}
    </div>
  );
}
