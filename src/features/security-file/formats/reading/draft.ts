import type * as z from "zod";
import { Fault } from "../../../../lib/fault.ts";
import { LINKS } from "../../links.ts";
import { type FileHead, ITEMS, type Item, ItemKind, SecurityFile } from "../../schema.ts";
import { relink } from "../relink.ts";
import type { Loss } from "../schema.ts";
import type { LossLog } from "./loss-log.ts";
import { newIds } from "./new-ids.ts";
import { clip } from "./plain-text.ts";
import type { Source } from "./source.ts";

const MAX_ITEMS = 50_000;

type Input<K extends ItemKind> = z.input<(typeof ITEMS)[K]>;
/** An item while it is put together: its links may still be set. */
export type Drafted<K extends ItemKind> = Partial<Input<K>> & { id: string; name: string };

interface Entry {
  item: Drafted<ItemKind>;
  at: Loss["at"];
}

/** A security file while a public format is read into it: gives ids, finds what links mean, and takes out what cannot stay. */
export class Draft {
  readonly #log: LossLog;
  readonly #newId = newIds();
  readonly #refs = new Map<string, string>();
  readonly #entries = new Map<ItemKind, Entry[]>();
  readonly head: z.input<typeof FileHead> = {};

  constructor(log: LossLog) {
    this.#log = log;
  }

  /**
   * Adds an item under the id that the source gives it (`ref`), or one made of it where that is no id here or is taken.
   * `space`: where the source looks such ids up; two spaces may use one id for two things.
   */
  add<K extends ItemKind>(
    kind: K,
    source: Source,
    {
      ref,
      space = kind,
      wanted = ref,
      ...fields
    }: { ref: string; space?: string; wanted?: string; name: string } & Partial<Input<K>>,
  ): Drafted<K> {
    const entries = this.#entries.get(kind) ?? [];
    this.#entries.set(kind, entries);
    if (entries.length >= MAX_ITEMS)
      throw new Fault("too_large", `The model has more than ${MAX_ITEMS} ${kind}`, { at: source.at.pointer ?? "" });
    const key = `${space}\n${ref}`;
    const twice = ref !== "" && this.#refs.has(key);
    const id = this.#newId(wanted, kind);
    if (twice)
      source.lose("id", ref, "Two objects have this id; links to it mean the first", "changed", `This one is ${id}`);
    else if (id !== wanted && ref !== "" && wanted === ref)
      source.lose(
        "id",
        ref,
        "It is taken, or is no id of a security file",
        "changed",
        `It is ${id}, and sourceId keeps it`,
      );
    if (!twice && ref !== "") this.#refs.set(key, id);
    const item = {
      ...fields,
      id,
      ...(ref !== "" && ref !== id && { sourceId: clip(ref, 300) }),
    } as unknown as Drafted<K>;
    entries.push({ item: item as unknown as Drafted<ItemKind>, at: source.at });
    return item;
  }

  find(space: string, ref: string): string | null {
    return this.#refs.get(`${space}\n${ref}`) ?? null;
  }

  /** The id behind a reference of the source, looked up in each space in turn; null, and a loss, where there is nothing. */
  link(source: Source, field: string, ref: string, ...spaces: string[]): string | null {
    if (ref === "") return null;
    for (const space of spaces) {
      const id = this.#refs.get(`${space}\n${ref}`);
      if (id !== undefined) return id;
    }
    source.lose(field, ref, "It names something that is not in the model");
    return null;
  }

  links(source: Source, field: string, refs: readonly string[], ...spaces: string[]): string[] {
    const found = refs.map((ref) => this.link(source, field, ref, ...spaces)).filter((id) => id !== null);
    return [...new Set(found)];
  }

  finish(): SecurityFile {
    const lists = new Map<ItemKind, { item: Item; at: Loss["at"] }[]>();
    for (const kind of ItemKind.options)
      lists.set(
        kind,
        (this.#entries.get(kind) ?? []).flatMap((entry) => this.#checked(kind, entry)),
      );
    this.#cutCycles(lists, "zones");
    this.#cutCycles(lists, "elements");
    while (this.#takeOutDangling(lists));
    const items = [...lists].map(([kind, entries]) => [kind, entries.map(({ item }) => item)]);
    return SecurityFile.parse({ cordon: "security-file/1", head: this.head, ...Object.fromEntries(items) });
  }

  /** The item in its shape; a field that does not fit goes, an item that cannot be without it goes too. */
  #checked(kind: ItemKind, { item, at }: Entry): { item: Item; at: Loss["at"] }[] {
    const rest: Record<string, unknown> = { ...item };
    for (let tries = 0; tries < 2; tries++) {
      const parsed = ITEMS[kind].safeParse(rest);
      if (parsed.success) return [{ item: parsed.data, at }];
      for (const { path, message } of parsed.error.issues) {
        const field = String(path[0] ?? "");
        if (!Object.hasOwn(rest, field)) continue;
        this.#log.add(at, { field, value: rest[field], why: `It does not fit: ${message}` });
        delete rest[field];
      }
    }
    this.#log.add(at, {
      field: null,
      value: item.name,
      why: "It lacks what it cannot be without",
      instead: "Left out",
    });
    return [];
  }

  #takeOutDangling(lists: Map<ItemKind, { item: Item; at: Loss["at"] }[]>): boolean {
    const kinds = new Map<string, ItemKind>();
    for (const [kind, entries] of lists) for (const { item } of entries) kinds.set(item.id, kind);
    let gone = false;
    for (const [kind, entries] of lists) {
      const kept = entries.flatMap(({ item, at }) => {
        let dangling = "";
        const linked = relink(kind, item as never, (id, field) => {
          const found = kinds.get(id);
          const known = LINKS[kind].find((link) => link.field === field);
          if (found !== undefined && (known === undefined || known.to.includes(found))) return id;
          if (known === undefined) return null;
          dangling ||= id;
          return null;
        });
        if (dangling !== "")
          this.#log.add(at, { field: "links", value: dangling, why: "What it links to did not come over" });
        if (linked !== null) return [{ item: linked as Item, at }];
        this.#log.add(at, {
          field: null,
          value: item.name,
          why: "It cannot be without that link",
          instead: "Left out",
        });
        gone = true;
        return [];
      });
      lists.set(kind, kept);
    }
    return gone;
  }

  #cutCycles(lists: Map<ItemKind, { item: Item; at: Loss["at"] }[]>, kind: "zones" | "elements"): void {
    const entries = lists.get(kind) ?? [];
    const byId = new Map(entries.map((entry) => [entry.item.id, entry]));
    const safe = new Set<string>();
    for (const start of entries) {
      const way = new Set<string>();
      let at: { item: Item; at: Loss["at"] } | undefined = start;
      while (at !== undefined && !safe.has(at.item.id)) {
        way.add(at.item.id);
        const item = at.item as Item<"zones">;
        const parent: string | null = item.parent;
        if (parent !== null && way.has(parent)) {
          this.#log.add(at.at, {
            field: "parent",
            value: parent,
            why: "It is inside itself",
            instead: "It stands alone",
          });
          item.parent = null;
        }
        at = item.parent === null ? undefined : byId.get(item.parent);
      }
      for (const id of way) safe.add(id);
    }
  }
}
