/** A colour by what it says; a page and a print have their own for each. */
export type Tone =
  | "ink"
  | "soft-ink"
  | "faint-ink"
  | "paper"
  | "soft"
  | "zone"
  | "line"
  | "alarm"
  | "alarm-soft"
  | "none";

/** The few things a picture is made of: the page and the printed file draw the same ones. */
export type Mark =
  | {
      mark: "path";
      d: string;
      fill: Tone;
      stroke: Tone;
      width: number;
      dash?: string;
    }
  | {
      mark: "text";
      x: number;
      y: number;
      text: string;
      size: number;
      weight: number;
      anchor: "start" | "middle" | "end";
      tone: Tone;
    };

const round = (n: number) => Math.round(n * 10) / 10;

export const path = (parts: readonly (string | number)[]): string =>
  parts.map((part) => (typeof part === "number" ? round(part) : part)).join(" ");

export const rectPath = (x: number, y: number, width: number, height: number, radius = 0): string => {
  const r = Math.min(radius, width / 2, height / 2);
  if (r === 0) return path(["M", x, y, "h", width, "v", height, "h", -width, "Z"]);
  return path([
    ...["M", x + r, y, "h", width - 2 * r, "a", r, r, 0, 0, 1, r, r, "v", height - 2 * r],
    ...["a", r, r, 0, 0, 1, -r, r, "h", 2 * r - width, "a", r, r, 0, 0, 1, -r, -r],
    ...["v", 2 * r - height, "a", r, r, 0, 0, 1, r, -r, "Z"],
  ]);
};

export const circlePath = (x: number, y: number, r: number): string =>
  path(["M", x - r, y, "a", r, r, 0, 1, 0, 2 * r, 0, "a", r, r, 0, 1, 0, -2 * r, 0, "Z"]);

export const words = (
  text: string,
  x: number,
  y: number,
  more: Partial<Omit<Extract<Mark, { mark: "text" }>, "mark" | "x" | "y" | "text">> = {},
): Mark => ({ mark: "text", text, x, y, size: 11, weight: 400, anchor: "start", tone: "ink", ...more });

export const shape = (d: string, more: Partial<Omit<Extract<Mark, { mark: "path" }>, "mark" | "d">> = {}): Mark => ({
  mark: "path",
  d,
  fill: "none",
  stroke: "ink",
  width: 1.3,
  ...more,
});
