import type { Carries, ElementKind, PortKind, PortState, View } from "../design/schema.ts";
import type { ItemKind } from "../schema.ts";

/** The item of the file that something on a picture stands for. */
export interface ItemRef {
  kind: ItemKind;
  id: string;
}

export type Shape = ElementKind | "patients";

/** Why something stands out: the compromise starts here, it arrives here, or this is in other hands. */
export type Emphasis = "origin" | "reached" | "outside";

export interface Socket {
  id: string;
  name: string;
  kind: PortKind;
  state: PortState;
  exposed: boolean;
}

export interface Box {
  id: string;
  of: ItemRef;
  name: string;
  shape: Shape;
  /** A second line: what it is made of, or what happens there. */
  sub: string;
  zone: string | null;
  sockets: Socket[];
  inScope: boolean;
  emphasis: Emphasis | null;
}

export interface Line {
  id: string;
  of: ItemRef;
  from: string;
  to: string;
  fromSocket: string | null;
  toSocket: string | null;
  bothWays: boolean;
  label: string;
  /** Place in an order: "1", or "2, 5" where it is used twice. */
  number: string | null;
  encrypted: boolean;
  carries: readonly Carries[];
  dashed: boolean;
  emphasis: Emphasis | null;
}

export interface Frame {
  id: string;
  name: string;
  parent: string | null;
  sub: string;
}

/** A picture before anybody knows where things stand on it. */
export interface Picture {
  view: View;
  title: string;
  zones: Frame[];
  boxes: Box[];
  lines: Line[];
  /** Sentences printed under it. */
  notes: string[];
}
