const UNITS = ["bytes", "kB", "MB", "GB"];

/** Bytes in decimal units: "812 bytes", "1.4 MB". */
export function fileSize(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const size = bytes / 1000 ** step;
  return `${step === 0 ? size : size.toFixed(size < 10 ? 1 : 0)} ${UNITS[step]}`;
}
