import type { Publisher } from "../../features/publish/schema.ts";
import { CopyLine } from "../kit/copy-line.tsx";
import { Mark } from "../kit/mark.tsx";
import { Section } from "../kit/section.tsx";

/** What to give to hospitals: one address, and the fingerprint to hold the key against. */
export function ProviderAddresses({ publisher }: { publisher: Publisher }) {
  const { providerOn, addresses, fingerprint, warning } = publisher;
  if (!providerOn)
    return (
      <p className="note-warn">
        <Mark shape="ring" />
        <span>The CSAF provider is off: no advisory can be read without an account. Turn it on below.</span>
      </p>
    );
  return (
    <Section title="Give this to hospitals">
      <dl className="facts">
        <dt>CSAF provider</dt>
        <dd>
          <CopyLine text={addresses.wellKnown ?? addresses.metadata} label="address" />
        </dd>
        <dt>Feed</dt>
        <dd>
          <CopyLine text={addresses.feed} label="feed" />
        </dd>
        {fingerprint !== null && (
          <>
            <dt>OpenPGP key</dt>
            <dd>
              <CopyLine text={fingerprint.replaceAll(/(.{4})(?=.)/g, "$1 ")} label="fingerprint" />
            </dd>
          </>
        )}
        <dt>To try it</dt>
        <dd>
          <CopyLine text={`curl -s ${addresses.feed}`} />
        </dd>
      </dl>
      {warning !== null && (
        <p className="note-warn">
          <Mark shape="triangle" />
          <span>{warning}</span>
        </p>
      )}
    </Section>
  );
}
