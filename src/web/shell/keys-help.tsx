import { Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import { ENTRIES } from "./rail-entries.ts";

const EVENT = "cordon:keys";
export const openKeysHelp = (): void => {
  window.dispatchEvent(new Event(EVENT));
};

const GROUPS: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Everywhere",
    keys: [
      [["Ctrl", "K"], "Find a device, part, vulnerability, person or action"],
      [["?"], "Show these keys"],
      ...ENTRIES.map(({ key, name }): [string[], string] => [["g", key], `Go to ${name}`]),
    ],
  },
  {
    title: "In a list",
    keys: [
      [["↓", "j"], "Next row"],
      [["↑", "k"], "Row before"],
      [["Enter"], "Open the row"],
      [["x"], "Select the row"],
      [["Shift", "X"], "Select the whole group, or all rows"],
      [["b"], "Group the inbox by device, or by vulnerability"],
      [["/"], "Search in the list"],
      [["i"], "Card of what the row names"],
      [["Esc"], "Close the details"],
    ],
  },
  {
    title: "On the picture of a design",
    keys: [
      [["f"], "Draw a flow from the element or interface"],
      [["r"], "Write its name"],
      [["Del"], "Remove it, with what cannot stand without it"],
      [["Ctrl", "Z"], "Undo; with Shift: redo"],
      [["/"], "Find in the picture"],
      [["0"], "All of it"],
      [["w"], "The whole window, and back"],
    ],
  },
  {
    title: "On a finding or a vulnerability",
    keys: [
      [["t"], "In triage"],
      [["a"], "Affected"],
      [["n", "1–9"], "Not affected, with the justification of that number"],
      [["f"], "Fixed"],
      [["c"], "Accepted (asks for the reason)"],
      [["p"], "Accept what Cordon proposes"],
      [["r"], "Decide the risk as proposed: controlled or uncontrolled"],
      [["."], "The same decision as before"],
      [["z"], "Take the last decision back"],
    ],
  },
  {
    title: "On a proposed threat",
    keys: [
      [["a"], "Accept"],
      [["e"], "Accept and change it"],
      [["r"], "Reject (asks for the reason)"],
      [["."], "Reject with the same reason as before"],
      [["z"], "Take the last answer back"],
    ],
  },
];

/** All keys of the pages, on `?`. */
export function KeysHelp() {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const open = () => setOpened(true);
    window.addEventListener(EVENT, open);
    return () => window.removeEventListener(EVENT, open);
  }, []);
  return (
    <Modal
      opened={opened}
      onClose={() => setOpened(false)}
      title="Keys"
      size="lg"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <div className="keys">
        {GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([combination, meaning]) => (
                <div key={meaning}>
                  <dt>
                    {combination.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
