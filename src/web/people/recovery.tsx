import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Person } from "../../features/people/schema.ts";
import { ask } from "../api/client.ts";
import { sayProblem } from "../kit/notify.tsx";
import { When } from "../kit/when.tsx";
import { ShownOnce } from "./shown-once.tsx";

/** A one-time link for somebody who lost what they sign in with. Nothing of theirs changes before it is used. */
export function Recovery({ person }: { person: Person }) {
  const make = useMutation(ask.people.people.recover.mutationOptions({ onError: sayProblem }));
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => make.mutate({ userId: person.userId })}
        loading={make.isPending}
      >
        Recovery link<span className="sr-only"> for {person.name}</span>
      </Button>
      {make.data !== undefined && (
        <ShownOnce title={`Recovery of ${person.name}`} secret={make.data.link} what="link" onClose={make.reset}>
          <p>
            Make sure that it is {person.name} who asks, then give them this link by a way you trust. It works once,
            until <When at={make.data.expiresAt} time />, and takes their old password, passkeys and one-time codes
            away.
          </p>
        </ShownOnce>
      )}
    </>
  );
}
