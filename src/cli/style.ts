import { styleText } from "node:util";

type Format = Parameters<typeof styleText>[0];

export interface Style {
  strong(text: string): string;
  quiet(text: string): string;
  alarm(text: string): string;
  warn(text: string): string;
  good(text: string): string;
}

/** Colours for a terminal that wants them (NO_COLOR and dumb terminals are honoured); plain text for everything else. */
export function styleFor(stream: NodeJS.WriteStream): Style {
  const coloured = stream.isTTY === true && stream.hasColors() && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  const paint = (format: Format) => (text: string) =>
    coloured ? styleText(format, text, { validateStream: false }) : text;
  return {
    strong: paint("bold"),
    quiet: paint("dim"),
    alarm: paint(["bold", "red"]),
    warn: paint("yellow"),
    good: paint("green"),
  };
}
