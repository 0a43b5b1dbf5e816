import { SecurityFile } from "../../src/features/security-file/schema.ts";

/** A small infusion pump with its ward, for pictures: every kind of element and interface, and each of the four views. */
export const pumpFile = (): SecurityFile =>
  SecurityFile.parse({
    cordon: "security-file/1",
    zones: [
      { id: "bedside", name: "Bedside", owner: "hospital", trust: 40 },
      { id: "pump", name: "Pump", parent: "bedside", owner: "manufacturer", trust: 80 },
      { id: "ward", name: "Hospital network", owner: "hospital", trust: 10 },
      { id: "maker", name: "Manufacturer's cloud", owner: "manufacturer", trust: 70 },
    ],
    elements: [
      { id: "nurse", name: "Nurse", kind: "user", zone: "bedside" },
      {
        ...{
          id: "ui",
          name: "Touch screen application",
          kind: "process",
          zone: "pump",
          technology: "C++ on embedded Linux",
        },
        instances: 40,
      },
      {
        ...{ id: "motor", name: "Motor control", kind: "hardware", zone: "pump", technology: "Safety microcontroller" },
        ...{ instances: 40, patientsEach: 1, onFailure: "Stops and alarms" },
      },
      { id: "log", name: "Event log", kind: "store", zone: "pump", technology: "SQLite", instances: 40 },
      {
        ...{
          id: "comms",
          name: "Communication module",
          kind: "process",
          zone: "pump",
          technology: "Linux 6.1, OpenSSL 3.0",
        },
        ...{ instances: 40, components: ["pkg:generic/openssl"] },
      },
      { id: "gateway", name: "Ward gateway", kind: "process", zone: "ward", technology: "Node.js" },
      { id: "emr", name: "Medical record", kind: "external-system", zone: "ward", inScope: false },
      { id: "library", name: "Drug library server", kind: "external-system", zone: "ward" },
      { id: "updates", name: "Update server", kind: "process", zone: "maker", technology: "Signed packages" },
      { id: "technician", name: "Service technician", kind: "user", zone: "ward" },
    ],
    ports: [
      { id: "wifi", name: "Wi-Fi 802.11ac", element: "comms", kind: "wireless", exposed: true },
      { id: "eth", name: "Ethernet", element: "comms", kind: "wired", exposed: true, state: "unused" },
      { id: "bus", name: "Internal bus", element: "comms", kind: "wired", exposed: false },
      { id: "usb", name: "USB", element: "ui", kind: "service", state: "service-only", exposed: true },
      { id: "jtag", name: "JTAG", element: "motor", kind: "debug", state: "disabled", exposed: false },
      { id: "uart", name: "UART", element: "motor", kind: "debug", state: "unknown", exposed: false },
      { id: "sd", name: "Memory card", element: "log", kind: "removable", state: "unused", exposed: true },
      { id: "api", name: "HTTPS", element: "gateway", kind: "logical", exposed: true },
    ],
    flows: [
      { id: "f1", name: "Programs an infusion", from: "nurse", to: "ui", carries: ["command"], bothWays: true },
      { id: "f2", name: "Rate", from: "ui", to: "motor", carries: ["command"], path: { protocol: "CAN bus" } },
      { id: "f3", name: "Events", from: "ui", to: "log" },
      { id: "f4", name: "Status", from: "ui", to: "comms", toPort: "bus", bothWays: true, path: { protocol: "D-Bus" } },
      {
        ...{ id: "f5", name: "Status to the ward", from: "comms", to: "gateway", fromPort: "wifi", toPort: "api" },
        ...{ bothWays: true, path: { protocol: "MQTT over TLS 1.3", port: "8883/tcp", encrypted: true } },
      },
      { id: "f6", name: "Results", from: "gateway", to: "emr", inScope: false, path: { protocol: "HL7 v2 over MLLP" } },
      {
        ...{ id: "f7", name: "Drug library", from: "library", to: "gateway", carries: ["data", "command"] },
        path: { protocol: "HTTPS", encrypted: true, notApplicable: [{ field: "defaults", because: "No settings" }] },
      },
      {
        ...{ id: "f8", name: "Update", from: "updates", to: "gateway", carries: ["code"] },
        path: { protocol: "HTTPS", encrypted: true },
      },
      { id: "f9", name: "Service session", from: "technician", to: "ui", toPort: "usb", carries: ["command", "code"] },
    ],
    updatePaths: [
      {
        ...{ id: "firmware", name: "Firmware over the network", updates: ["comms", "motor"], cadence: "Every quarter" },
        ...{ signing: "Ed25519 on the build server", verification: "Signature checked before it runs" },
        ...{ onInterruption: "Keeps the old image", rollback: "Refused below the minimum version" },
        steps: [
          { name: "Build server signs", controlled: true, element: null, protection: "" },
          { name: "Update server", controlled: true, element: "updates", protection: "TLS 1.3" },
          { name: "Internet", controlled: false, element: null, protection: "TLS 1.3" },
          { name: "Ward gateway keeps it", controlled: false, element: "gateway", protection: "TLS 1.3" },
          { name: "Hospital Wi-Fi", controlled: false, element: null, protection: "WPA3" },
        ],
      },
    ],
    states: [
      { id: "on", name: "Running", axis: "operational" },
      { id: "programming", name: "Programming", axis: "clinical" },
    ],
    useCases: [
      {
        ...{ id: "program", name: "Programming an infusion from the record", flows: ["f7", "f5", "f4", "f1", "f2"] },
        ...{ operationalStates: ["on"], clinicalStates: ["programming"] },
      },
    ],
    functions: [{ id: "infuse", name: "Infusion", kind: "therapy", essential: true, elements: ["motor"] }],
    threats: [
      { id: "t1", name: "A forged status", category: "spoofing", targets: ["f5"] },
      { id: "t2", name: "A rate changed from the ward", category: "therapy-change", targets: ["gateway"] },
    ],
    risks: [{ id: "r1", name: "Overinfusion", threats: ["t2"] }],
  });
