import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask } from "../api/client.ts";
import { say, sayProblem } from "../kit/notify.tsx";
import { Section } from "../kit/section.tsx";
import { When } from "../kit/when.tsx";
import { ShownOnce } from "../people/shown-once.tsx";

/** Addresses of my calendar feed: made, shown once, revoked. */
export function Feeds() {
  const queries = useQueryClient();
  const feeds = useQuery(ask.calendar.feeds.queryOptions());
  const again = () => queries.invalidateQueries({ queryKey: ask.calendar.feeds.key() });
  const make = useMutation(ask.calendar.makeFeed.mutationOptions({ onSuccess: again, onError: sayProblem }));
  const revoke = useMutation(
    ask.calendar.revokeFeed.mutationOptions({
      onSuccess: () => {
        void again();
        say("The address works no more");
      },
      onError: sayProblem,
    }),
  );
  const items = feeds.data?.items ?? [];
  return (
    <Section
      title="Calendar feed"
      note="Clocks, advisories that touch us, ends of support of releases and their parts, and community events in the calendar you use anyway. Whoever has the address can read it; revoke it when you lose it."
      actions={
        <Button size="xs" loading={make.isPending} onClick={() => make.mutate({})}>
          Make an address
        </Button>
      }
    >
      {items.length === 0 ? (
        <p className="quiet">
          No address yet. Make one, then add it in your calendar as a subscription from the internet.
        </p>
      ) : (
        <ul className="items">
          {items.map((feed) => (
            <li key={feed.id} className="preference">
              <span>
                Made <When at={feed.createdAt} />,{" "}
                {feed.lastReadAt === null ? (
                  "not read yet"
                ) : (
                  <>
                    last read <When at={feed.lastReadAt} time />
                  </>
                )}
              </span>
              <Button size="compact-xs" variant="subtle" color="gray" onClick={() => revoke.mutate({ id: feed.id })}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      )}
      {make.data !== undefined && (
        <ShownOnce title="Your calendar's address" secret={make.data.url} what="address" onClose={() => make.reset()}>
          <p>In Outlook, Google or Apple Calendar: add a calendar from the internet (subscribe), and paste it.</p>
        </ShownOnce>
      )}
    </Section>
  );
}
