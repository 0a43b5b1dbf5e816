import { useQuery } from "@tanstack/react-query";
import { Action, READS, type RoleRights } from "../../features/people/schema.ts";
import { ask } from "../api/client.ts";
import { LoadingRows } from "../kit/loading.tsx";
import { Mark } from "../kit/mark.tsx";
import { ProblemNotice } from "../kit/problem-notice.tsx";
import { Section } from "../kit/section.tsx";
import { ROLE_MEANING, ROLE_WORD } from "../kit/words.ts";

/** What each role may do, as the policies decide it. */
export function Roles() {
  const roles = useQuery(ask.people.roles.queryOptions());
  if (roles.error !== null) return <ProblemNotice error={roles.error} onRetry={roles.refetch} />;
  if (roles.data === undefined) return <LoadingRows rows={12} />;
  const { items } = roles.data;
  const changes = Action.options.filter((action) => !READS.has(action));
  return (
    <>
      <Section title="Roles" count={items.length} note="One person may have several. What no role allows is refused.">
        <dl className="role-list">
          {items.map(({ role }) => (
            <div key={role}>
              <dt>{ROLE_WORD[role]}</dt>
              <dd>{ROLE_MEANING[role]}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title="May change">
        <Rights items={items} actions={changes} />
      </Section>
      <Section title="May read">
        <Rights items={items} actions={Action.options.filter((action) => READS.has(action))} />
      </Section>
    </>
  );
}

const Rights = ({ items, actions }: { items: readonly RoleRights[]; actions: readonly Action[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
  <section className="table-scroll" tabIndex={0} aria-label="Actions by role">
    <table className="table rights">
      <thead>
        <tr>
          <th scope="col">Action</th>
          {items.map(({ role }) => (
            <th key={role} scope="col">
              {ROLE_WORD[role]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {actions.map((action) => (
          <tr key={action}>
            <th scope="row" className="mono">
              {action}
            </th>
            {items.map(({ role, actions: allowed }) => (
              <td key={role}>
                {allowed.includes(action) ? (
                  <span className="right-yes">
                    <Mark shape="check" />
                    <span className="sr-only">yes</span>
                  </span>
                ) : (
                  <span className="sr-only">no</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
