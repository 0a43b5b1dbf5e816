import { HARM_MEANING, HARMS } from "../../devices/schema.ts";

/** What a clinician is asked of a vulnerability in a release; never more than these. */
export const BEDSIDE_QUESTIONS = [
  {
    id: "bedside.harm",
    asks: "How bad could that get for your patient?",
    choices: [
      ...HARMS.map((harm) => ({
        answer: harm,
        word: `${harm.charAt(0).toUpperCase()}${harm.slice(1)}: ${HARM_MEANING[harm]}`,
      })),
      { answer: "none", word: "No harm to a patient" },
      { answer: "unknown", word: "I cannot say" },
    ],
  },
  {
    id: "bedside.noticed",
    asks: "Would somebody at the bedside notice in time?",
    choices: [
      { answer: "at-once", word: "Yes, at once" },
      { answer: "later", word: "Only later" },
      { answer: "no", word: "No" },
      { answer: "unknown", word: "I cannot say" },
    ],
  },
  {
    id: "bedside.fallback",
    asks: "Could care go on another way?",
    choices: [
      { answer: "yes", word: "Yes, as long as needed" },
      { answer: "short", word: "For a short time" },
      { answer: "no", word: "No" },
      { answer: "unknown", word: "I cannot say" },
    ],
  },
] as const;
