import {
  IconDeviceHeartMonitor,
  IconListCheck,
  IconRadar2,
  IconShieldCheck,
  IconStethoscope,
  IconUsers,
} from "@tabler/icons-react";
import type { Action } from "../../features/people/schema.ts";

/** The left rail: each entry is one question. Shown when the role may read what answers it. `key`: pressed after `g`. */
export const ENTRIES = [
  { to: "/today", name: "Today", question: "What needs me?", can: "today:read", key: "t", icon: IconListCheck },
  {
    to: "/devices",
    name: "Devices",
    question: "How safe is what we make or run?",
    can: "device:read",
    key: "d",
    icon: IconDeviceHeartMonitor,
  },
  {
    to: "/threats",
    name: "Threats",
    question: "What is new, and are we hit?",
    can: "finding:read",
    key: "h",
    icon: IconRadar2,
  },
  {
    to: "/bedside",
    name: "Bedside",
    question: "What would it mean for a patient?",
    can: "risk:clinical",
    key: "b",
    icon: IconStethoscope,
  },
  { to: "/audits", name: "Audits", question: "Can we prove it?", can: "ledger:read", key: "a", icon: IconShieldCheck },
  { to: "/people", name: "People", question: "Who may do what?", can: "people:read", key: "p", icon: IconUsers },
] as const satisfies readonly { to: string; can: Action; [key: string]: unknown }[];
