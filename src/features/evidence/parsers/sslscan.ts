import type { XmlElement } from "../../../lib/xml.ts";
import type { Rating } from "../../intel/assess/schema.ts";
import { Draft } from "../draft.ts";
import { defineXml } from "../parser.ts";

const OLD_PROTOCOLS: Readonly<Record<string, Rating>> = {
  "ssl 2": "high",
  "ssl 3": "high",
  "tls 1.0": "medium",
  "tls 1.1": "medium",
};
/** sslscan's words for the strength of a cipher; it has none for how bad a thing is, so the ratings are ours. */
const WEAK_CIPHERS: Readonly<Record<string, Rating>> = {
  null: "high",
  anonymous: "high",
  weak: "high",
  medium: "medium",
};

/** sslscan's XML (`--xml=`), one or more targets; the file names no time. */
export default defineXml({
  recognises: (root) =>
    root.name === "document" && /sslscan/i.test(`${root.attribute("title")} ${root.attribute("web")}`),

  start(name, root) {
    const draft = new Draft(name, "sslscan", "sslscan XML");
    draft.toolIs("sslscan", root.attribute("version"), null);
    let target = "";
    const counts = { targets: 0, protocols: 0, ciphers: 0 };
    const add = (rule: string, title: string, severity: Rating, said: string, cve = "") =>
      draft.finding({ rule, title, severity, said, place: target, weaknesses: [cve] });
    const on = (element: XmlElement, attribute: string) => element.attribute(attribute) === "1";

    const openers: Readonly<Record<string, (element: XmlElement) => void>> = {
      ssltest(element) {
        counts.targets++;
        target = `${element.attribute("host") ?? "?"}:${element.attribute("port") ?? "443"}`;
        draft.subject("host", target);
      },
      protocol(element) {
        if (!on(element, "enabled")) return;
        counts.protocols++;
        const spelled = `${element.attribute("type") ?? ""} ${element.attribute("version") ?? ""}`.toLowerCase();
        const severity = OLD_PROTOCOLS[spelled];
        if (severity !== undefined)
          add(
            `protocol ${spelled}`,
            `${spelled.toUpperCase()} is enabled`,
            severity,
            "enabled",
            spelled === "ssl 3" ? "CVE-2014-3566" : "",
          );
      },
      heartbleed(element) {
        if (on(element, "vulnerable"))
          add(
            "heartbleed",
            `Heartbleed (${element.attribute("sslversion") ?? ""})`,
            "high",
            "vulnerable",
            "CVE-2014-0160",
          );
      },
      compression(element) {
        if (on(element, "supported"))
          add("compression", "TLS compression is enabled", "medium", "supported", "CVE-2012-4929");
      },
      renegotiation(element) {
        if (on(element, "supported") && !on(element, "secure"))
          add("renegotiation", "Insecure renegotiation is possible", "medium", "not secure", "CVE-2009-3555");
      },
      cipher(element) {
        counts.ciphers++;
        const strength = element.attribute("strength") ?? strengthOf(element);
        const severity = Object.hasOwn(WEAK_CIPHERS, strength) ? WEAK_CIPHERS[strength] : undefined;
        const cipher = `${element.attribute("sslversion") ?? ""} ${element.attribute("cipher") ?? ""}`.trim();
        if (severity !== undefined) add(`cipher ${cipher}`, `${cipher} is accepted`, severity, strength);
      },
      pk(element) {
        const bits = Number(element.attribute("bits") ?? Number.NaN);
        if (element.attribute("type") === "RSA" && bits < 2048)
          add("certificate key", `The certificate's RSA key has ${bits} bits`, "medium", `${bits} bits`);
      },
    };

    return {
      draft,
      open: (element) => (Object.hasOwn(openers, element.name) ? openers[element.name]?.(element) : undefined),
      close(text, path) {
        const element = path.at(-1);
        if (element === "self-signed" && text === "true")
          add("certificate self-signed", "The certificate is self-signed", "medium", "self-signed");
        if (element === "expired" && text === "true")
          add("certificate expired", "The certificate has expired", "medium", "expired");
        if (element === "signature-algorithm" && /^(md5|sha1)/i.test(text))
          add("certificate signature", `The certificate is signed with ${text}`, "medium", text);
      },
      end() {
        draft.fact("Targets", counts.targets);
        draft.fact("Protocols enabled", counts.protocols);
        draft.fact("Ciphers accepted", counts.ciphers);
        draft.problem("1:1", "sslscan writes no time: say yourself when it ran.");
        if (counts.targets === 0 || counts.ciphers + counts.protocols === 0)
          draft.problem("1:1", "No target answered with TLS: the scan shows nothing about the device.");
      },
    };
  },
});

/** Files of sslscan 1.x name no strength. */
function strengthOf(element: XmlElement): string {
  const cipher = element.attribute("cipher") ?? "";
  if (/NULL/.test(cipher)) return "null";
  if (/ADH|AECDH|anon/i.test(cipher)) return "anonymous";
  if (/RC4|DES-CBC-|EXP|MD5/.test(cipher)) return "weak";
  return /3DES|DES-CBC3/.test(cipher) ? "medium" : "";
}
