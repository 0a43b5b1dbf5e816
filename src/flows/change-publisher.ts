import { getPublisher, keepKey, keepPublisher } from "../features/publish/publish.ts";
import type { PublisherSettings } from "../features/publish/schema.ts";
import type { Scope, Trx } from "../platform/db.ts";
import type { OpenSigner } from "../platform/openpgp.ts";

/** Somebody says who the organisation is to its customers; with the provider on, its signing key is there from the first minute. */
export async function changePublisher(
  trx: Trx,
  scope: Scope,
  settings: PublisherSettings & { revision: number },
  openSigner: OpenSigner,
  now: Date,
): Promise<void> {
  await keepPublisher(trx, scope, settings, now);
  if (!settings.providerOn) return;
  const { name, email } = await getPublisher(trx, scope);
  await keepKey(trx, scope, await openSigner(scope.organizationId, { name, email }));
}
