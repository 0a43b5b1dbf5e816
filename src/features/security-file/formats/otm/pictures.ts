import type { Draft } from "../reading/draft.ts";
import type { Source } from "../reading/source.ts";

interface Place {
  of: string;
  inside: string | null;
  x: number;
  y: number;
  width?: number;
  height?: number;
}

/** The first diagram of an OTM model. Places in it are relative to what a component is inside. */
export class Pictures {
  readonly source: Source | null = null;
  readonly #diagram: string = "";
  readonly places = new Map<string, Place>();

  constructor(model: Source) {
    for (const source of model.many("representations", "representation")) {
      const id = source.text("id");
      if (source.line(100, "type") !== "diagram") {
        source.lose(null, source.at.name, "Code and files of the model's origin have no place", "dropped", "Left out");
        source.pass(...source.keys());
      } else if (this.source === null) {
        this.source = source;
        this.#diagram = id;
        source.leave(
          "A security file takes it from its release",
          "name",
          "description",
          "size",
          "attributes",
          "repository",
        );
        source.close();
      } else {
        source.lose(null, source.at.name, "A security file has one picture of its design", "dropped", "Left out");
        source.pass(...source.keys());
      }
    }
  }

  take(source: Source, of: string, inside: string | null): void {
    for (const one of source.many("representations", "representation")) {
      const [position, size] = [one.part("position"), one.part("size")];
      const [x, y, width, height] = [
        position.number("x"),
        position.number("y"),
        size.number("width"),
        size.number("height"),
      ];
      const mine = one.text("representation") === this.#diagram && this.#diagram !== "";
      if (!mine || x === null || y === null)
        one.lose(null, one.at.name, "It stands in no diagram that is taken over", "dropped", "Left out");
      else
        this.places.set(of, {
          of,
          inside,
          x,
          y,
          ...(width !== null && width > 0 && { width }),
          ...(height !== null && height > 0 && { height }),
        });
      if (!mine) one.pass(...one.keys());
      one.leave("It is how other programs find the shape", "id", "name", "attributes");
      one.close();
    }
  }
}

export function addLayout(draft: Draft, model: Source, pictures: Pictures): void {
  if (pictures.places.size === 0) return;
  const places = [...pictures.places.values()].map(({ of, inside, ...own }) => {
    let [x, y] = [own.x, own.y];
    let around = inside;
    for (let i = 0; around !== null && i < 100; i++) {
      const place = pictures.places.get(around);
      x += place?.x ?? 0;
      y += place?.y ?? 0;
      around = place?.inside ?? null;
    }
    return { of, ...own, x: within(x), y: within(y) };
  });
  draft.add("layouts", pictures.source ?? model, { ref: "", wanted: "global", name: "Global", view: "global", places });
}

const within = (value: number) => Math.max(-1_000_000, Math.min(1_000_000, value));
