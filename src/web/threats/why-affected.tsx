import type { Touched } from "../../features/intel/inbox/schema.ts";
import { versioned } from "../findings/versioned.ts";

/** Why we say so, once per part, version and rule: range, rule, source and record. */
export function WhyAffected({ touches }: { touches: readonly Touched[] }) {
  const reasons = new Map<string, Touched>();
  for (const touched of touches) {
    const key = JSON.stringify([touched.component.name, touched.component.version, touched.because]);
    if (!reasons.has(key)) reasons.set(key, touched);
  }
  const shown = [...reasons.entries()].slice(0, MOST);
  return (
    <section>
      <h3>Why it is affected</h3>
      {shown.map(([key, { component, because, fixedIn }]) => (
        <dl className="facts" key={key}>
          <dt>Part</dt>
          <dd title={component.purl ?? component.cpe ?? undefined}>{versioned(component)}</dd>
          <dt>Range</dt>
          <dd className="mono">{because.range}</dd>
          <dt>Fixed in</dt>
          <dd>{fixedIn.length > 0 ? fixedIn.join(", ") : <span className="cell-dim">no fixed version named</span>}</dd>
          <dt>Rule</dt>
          <dd>{because.rule}</dd>
          <dt>Source</dt>
          <dd>
            {because.source}, <span className="mono">{because.record}</span>
          </dd>
        </dl>
      ))}
      {reasons.size > MOST && (
        <p className="quiet">and {reasons.size - MOST} more parts or rules, in the findings below</p>
      )}
    </section>
  );
}

const MOST = 4;
