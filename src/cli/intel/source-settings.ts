import type { Source, Subject } from "../../features/intel/source.ts";
import { Fault } from "../../lib/fault.ts";
import { secretIn } from "../../platform/config/config.ts";

/** `NAME=VALUE` and `NAME.BASE=URL` options as they were given. */
export interface SourceSettings {
  choose: readonly string[];
  mirror: readonly string[];
  keyFile: readonly string[];
  device: readonly string[];
}

export interface GivenSettings {
  choice: Record<string, string[]>;
  bases: Record<string, Record<string, string>>;
  keys: Record<string, string>;
  subjects: Subject[];
}

/** Fault `bad_input` names the option that cannot be read, and how it is written. */
export function readSettings(
  { choose, mirror, keyFile, device }: SourceSettings,
  sources: readonly Source[],
): GivenSettings {
  const given: GivenSettings = { choice: {}, bases: {}, keys: {}, subjects: device.map(subjectIn) };
  const known = (option: string, text: string, name: string): Source => {
    const source = sources.find((one) => one.name === name);
    if (source !== undefined) return source;
    throw new Fault("bad_input", `${text} names no source`, { at: option, fix: "cordon intel sources lists them" });
  };
  for (const text of choose) {
    const [name, value] = pair("--choose", text, "osv=npm,PyPI");
    const { choice } = known("--choose", text, name);
    if (choice === undefined) throw new Fault("bad_input", `There is nothing to choose of ${name}`, { at: "--choose" });
    given.choice[name] = value.split(",").map((one) => one.trim());
  }
  for (const text of mirror) {
    const [place, value] = pair(
      "--mirror",
      text,
      "nvd=https://mirror.example/nvd or cve-list.raw=https://mirror.example/raw",
    );
    const [name = "", named] = place.split(".");
    const source = known("--mirror", text, name);
    const base = named ?? Object.keys(source.bases)[0] ?? "";
    if (!(base in source.bases) || !/^https?:\/\//.test(value) || !URL.canParse(value))
      throw new Fault("bad_input", `${text} is no mirror of an address of ${name}`, {
        at: "--mirror",
        fix: `Its addresses are ${Object.keys(source.bases).join(", ")}`,
      });
    given.bases[name] = { ...given.bases[name], [base]: value };
  }
  for (const text of keyFile) {
    const [name, value] = pair("--key-file", text, "nvd=/etc/cordon/nvd-key");
    known("--key-file", text, name);
    given.keys[name] = secretIn(value);
  }
  return given;
}

function pair(option: string, text: string, example: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1)
    throw new Fault("bad_input", `${text} is not NAME=VALUE`, { at: option, fix: `Write ${option} ${example}` });
  return [text.slice(0, at), text.slice(at + 1)];
}

function subjectIn(text: string): Subject {
  const [manufacturer = "", product = "", model] = text.split("|").map((part) => part.trim());
  if (manufacturer === "" || product === "")
    throw new Fault("bad_input", `${text} is no device`, {
      at: "--device",
      fix: 'Write --device "Maker|Product|Model"',
    });
  return { manufacturer, product, model: model === undefined || model === "" ? null : model };
}
