import { Draft } from "../draft.ts";
import { defineXml } from "../parser.ts";

/** nmap's XML (`-oX`): open ports are observations; what a script calls VULNERABLE is a finding. */
export default defineXml({
  recognises: ({ name }) => name === "nmaprun",

  start(name, root) {
    const draft = new Draft(name, "nmap", `nmap XML ${root.attribute("xmloutputversion") ?? ""}`.trim());
    draft.toolIs(root.attribute("scanner") ?? "nmap", root.attribute("version"), root.attribute("args"));
    draft.performed(root.attribute("start"), root.at);
    const seen = { hosts: 0, up: 0, open: 0, filtered: 0, closed: 0 };
    let host = "";
    let port: Port | null = null;
    let script: Script | null = null;
    let key = "";

    const report = ({ id, output, state, title, ids }: Script) => {
      if (!/^(LIKELY )?VULNERABLE/i.test(state)) return;
      draft.finding({
        rule: id,
        title: title || id,
        severity: "unknown",
        said: state,
        place: port === null ? host : `${host}:${port.number}/${port.protocol}`,
        weaknesses: [...ids, output],
        description: output,
      });
    };

    return {
      draft,
      open(element, path) {
        const is = (wanted: string) => element.name === wanted;
        if (is("host")) {
          host = "";
          seen.hosts++;
        }
        if (is("status") && path.at(-2) === "host" && element.attribute("state") === "up") seen.up++;
        if (is("address") && element.attribute("addrtype") !== "mac") {
          host ||= element.attribute("addr") ?? "";
          draft.subject("host", element.attribute("addr"));
        }
        if (is("hostname")) draft.subject("host", element.attribute("name"));
        if (is("port"))
          port = {
            number: element.attribute("portid") ?? "?",
            protocol: element.attribute("protocol") ?? "tcp",
            state: "",
            service: "",
          };
        if (is("state") && port !== null && path.at(-2) === "port") port.state = element.attribute("state") ?? "";
        if (is("service") && port !== null)
          port.service = ["name", "product", "version"]
            .map((one) => element.attribute(one) ?? "")
            .join(" ")
            .trim();
        if (is("extraports")) {
          const count = Number(element.attribute("count") ?? 0);
          if (Number.isInteger(count) && count > 0 && count <= 65_536) {
            if (element.attribute("state") === "closed") seen.closed += count;
            else seen.filtered += count;
          }
        }
        if (is("script"))
          script = {
            id: element.attribute("id") ?? "",
            output: element.attribute("output") ?? "",
            state: "",
            title: "",
            ids: [],
          };
        if (is("elem") || is("table")) key = element.attribute("key") ?? key;
        if (is("finished")) {
          draft.performed(element.attribute("time"), element.at);
          if (element.attribute("exit") === "error")
            draft.problem(element.at, `nmap ended with an error: ${element.attribute("errormsg") ?? "not stated"}.`);
        }
      },
      close(text, path) {
        const element = path.at(-1);
        if (element === "elem" && script !== null) {
          if (key === "state") {
            if (script.state !== "") report(script);
            script.state = text;
          } else if (key === "title") script.title = text;
          else if (key === "ids" && script.ids.length < 50) script.ids.push(text);
        }
        if (element === "script" && script !== null) {
          if (script.state === "" && /^\s*VULNERABLE\b/.test(script.output)) script.state = "VULNERABLE";
          report(script);
          script = null;
        }
        if (element === "port" && port !== null) {
          const { number, protocol, state, service } = port;
          if (state === "open") {
            seen.open++;
            draft.finding({
              rule: `port ${number}/${protocol}`,
              title: `Open port ${number}/${protocol}${service === "" ? "" : `: ${service}`}`,
              severity: "none",
              said: "open",
              place: `${host}:${number}/${protocol}`,
            });
          } else if (state === "closed") seen.closed++;
          else seen.filtered++;
          port = null;
        }
      },
      end() {
        draft.fact("Hosts scanned", seen.hosts);
        draft.fact("Hosts up", seen.up);
        draft.fact("Open ports", seen.open);
        draft.fact("Filtered ports", seen.filtered);
        draft.fact("Closed ports", seen.closed);
        if (seen.up === 0) draft.problem("1:1", "No host answered: the scan shows nothing about the device.");
      },
    };
  },
});

interface Port {
  number: string;
  protocol: string;
  state: string;
  service: string;
}

interface Script {
  id: string;
  output: string;
  state: string;
  title: string;
  ids: string[];
}
