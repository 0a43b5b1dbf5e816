import { SecurityFile } from "../schema.ts";

/** A design to begin with: a device, who uses it, and the network it stands in. Everything in it is meant to be changed. */
export const starterFile = (device: string): SecurityFile =>
  SecurityFile.parse({
    cordon: "security-file/1",
    zones: [
      { id: "device", name: device, owner: "manufacturer", trust: 80 },
      { id: "hospital-network", name: "Hospital network", owner: "hospital", trust: 10 },
      { id: "manufacturer", name: "Manufacturer", owner: "manufacturer", trust: 70 },
    ],
    elements: [
      { id: "user", name: "User at the bedside", kind: "user" },
      { id: "application", name: "Application", kind: "process", zone: "device" },
      { id: "hardware", name: "Hardware that acts on the patient", kind: "hardware", zone: "device", patientsEach: 1 },
      { id: "stored-data", name: "Stored data", kind: "store", zone: "device" },
      { id: "hospital-system", name: "Hospital system", kind: "external-system", zone: "hospital-network" },
      { id: "update-server", name: "Update server", kind: "external-system", zone: "manufacturer" },
    ],
    ports: [
      { id: "network", name: "Network", element: "application", kind: "wired", exposed: true },
      {
        id: "service-port",
        name: "USB",
        element: "application",
        kind: "service",
        state: "service-only",
        exposed: true,
      },
      { id: "debug-port", name: "Debug", element: "hardware", kind: "debug", state: "unknown", exposed: false },
    ],
    flows: [
      { id: "operation", name: "Operation", from: "user", to: "application", bothWays: true, carries: ["command"] },
      { id: "control", name: "Control", from: "application", to: "hardware", bothWays: true, carries: ["command"] },
      { id: "records", name: "Records", from: "application", to: "stored-data", bothWays: true },
      { id: "results", name: "Results", from: "application", to: "hospital-system", fromPort: "network" },
      { id: "update", name: "Update", from: "update-server", to: "application", toPort: "network", carries: ["code"] },
    ],
    states: [
      { id: "running", name: "Running", axis: "operational" },
      { id: "treating", name: "Treating a patient", axis: "clinical" },
    ],
    assumptions: [
      {
        ...{ id: "hostile-network", name: "The hospital network is hostile", about: ["hospital-network"] },
        description: "Somebody on it can read, change, drop and repeat what is sent.",
      },
    ],
  });
