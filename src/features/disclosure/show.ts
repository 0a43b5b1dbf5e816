import { nextStates } from "./case-state.ts";
import type { CaseDetail, CaseMessage, CaseReceipt, CaseRow, CaseState, CaseVia } from "./schema.ts";

export interface CaseFacts {
  id: string;
  number: string;
  via: CaseVia;
  title: string;
  product: string;
  version: string;
  reproduce: string;
  impact: string;
  contact: string;
  creditWish: string;
  credit: string;
  state: CaseState;
  stateSince: Date;
  ownerId: string | null;
  ownerName: string | null;
  deviceId: string | null;
  deviceName: string | null;
  releaseId: string | null;
  releaseVersion: string | null;
  advisory: string | null;
  embargoOn: string | null;
  unread: boolean;
  revision: number;
  receivedAt: Date;
}

export interface MessageFacts {
  id: string;
  at: Date;
  side: CaseMessage["side"];
  byName: string;
  text: string;
}

export const showCase = (row: CaseFacts): CaseRow => ({
  id: row.id,
  number: row.number,
  via: row.via,
  title: row.title,
  product: row.product,
  version: row.version,
  state: row.state,
  stateSince: row.stateSince.toISOString(),
  owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? "" },
  device: row.deviceId === null ? null : { id: row.deviceId, name: row.deviceName ?? "" },
  embargoOn: row.embargoOn,
  unread: row.unread,
  receivedAt: row.receivedAt.toISOString(),
});

export const showMessage = ({ byName, at, id, side, text }: MessageFacts): CaseMessage => ({
  id,
  side,
  text,
  by: byName,
  at: at.toISOString(),
});

export const showDetail = (
  row: CaseFacts,
  messages: readonly MessageFacts[],
  attachments: CaseDetail["attachments"],
  receipt: { state: CaseReceipt["state"]; reason: string | null; at: Date } | undefined,
): CaseDetail => ({
  ...showCase(row),
  reproduce: row.reproduce,
  impact: row.impact,
  contact: row.contact,
  creditWish: row.creditWish,
  credit: row.credit,
  release: row.releaseId === null ? null : { id: row.releaseId, version: row.releaseVersion ?? "" },
  advisory: row.advisory,
  revision: row.revision,
  next: [...nextStates(row.state)],
  messages: messages.map(showMessage),
  attachments,
  receipt:
    receipt === undefined ? null : { state: receipt.state, reason: receipt.reason, at: receipt.at.toISOString() },
});
