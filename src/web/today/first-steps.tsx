import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Action } from "../../features/people/schema.ts";
import type { Today } from "../../features/work/schema.ts";
import { useMay } from "../api/me.ts";
import { Mark } from "../kit/mark.tsx";
import { Section } from "../kit/section.tsx";

interface Step {
  title: string;
  what: string;
  done: boolean;
  can: Action;
  way: ReactNode;
}

/** What a new organisation does first, in order, until it has advisories and a device. */
export function FirstSteps({ noDevice, intel }: Pick<Today, "noDevice" | "intel">) {
  const may = useMay();
  const steps: Step[] = [
    {
      title: "Read advisories",
      what: "What is known to be wrong with software: OSV, CVE, CSAF, known exploitation.",
      done: !intel.none,
      can: "intel:manage",
      way: <Link to="/threats/feeds">Add a source</Link>,
    },
    {
      title: "Add a device and a release",
      what: "What it does for a patient decides how loud a finding is.",
      done: !noDevice,
      can: "device:write",
      way: (
        <Link to="/devices" search={{ add: true }}>
          Add a device
        </Link>
      ),
    },
    {
      title: "Give the release its SBOM",
      what: "Drop the file on its Parts page, or let the pipeline send it with every build.",
      done: false,
      can: "sbom:upload",
      way: <Link to="/devices">Devices</Link>,
    },
    {
      title: "Invite those who decide",
      what: "Product security, regulatory, clinical: each sees their own questions.",
      done: false,
      can: "people:manage",
      way: (
        <Link to="/people" search={{ invite: true }}>
          Invite a person
        </Link>
      ),
    },
  ];
  return (
    <Section title="First steps">
      <ol className="steps">
        {steps.map(({ title, what, done, can, way }, i) => (
          <li key={title}>
            <span className="step-number num">
              {done ? <Mark shape="check" /> : i + 1}
              {done && <span className="sr-only">Done:</span>}
            </span>
            <span>
              <b>{title}</b>
              <small>{what}</small>
            </span>
            {!done && may(can) && way}
          </li>
        ))}
      </ol>
    </Section>
  );
}
