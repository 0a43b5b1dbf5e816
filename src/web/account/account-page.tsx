import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { PageHead } from "../kit/page-head.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { OneTimeCodes } from "./one-time-codes.tsx";
import { Passkeys } from "./passkeys.tsx";
import { Password } from "./password.tsx";
import { Sessions } from "./sessions.tsx";

/** How my account is secured, and where I am signed in. */
export function AccountPage() {
  const me = useMe();
  const security = useQuery(ask.people.security.queryOptions());
  return (
    <div className="page page-narrow">
      <PageHead title="My security" question={`${me.name}, ${me.email}`} />
      {security.error !== null && <ProblemNotice error={security.error} onRetry={security.refetch} />}
      {security.data === undefined ? (
        <LoadingRows rows={5} height={80} />
      ) : (
        <>
          <Passkeys passkeys={security.data.passkeys} />
          <Password has={security.data.password} />
          {security.data.password && <OneTimeCodes on={security.data.totp} />}
        </>
      )}
      <Sessions />
    </div>
  );
}
