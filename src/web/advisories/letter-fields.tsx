import { Textarea, TextInput } from "@mantine/core";
import type { LetterText } from "../../features/publish/schema.ts";

const PASSAGES = [
  { key: "whatHappened", label: "What happened" },
  { key: "patientRisk", label: "What it means for patients" },
  { key: "whatToDo", label: "What to do now", description: "One step a line." },
  { key: "fix", label: "The fix, and when" },
  { key: "contact", label: "Who answers questions" },
  { key: "closing", label: "Closing" },
] as const;

export function LetterFields({ text, onChange }: { text: LetterText; onChange: (text: LetterText) => void }) {
  const change = (part: Partial<LetterText>) => onChange({ ...text, ...part });
  return (
    <>
      <div className="form-row">
        <Textarea
          label="Recipient"
          value={text.recipient}
          maxLength={1_000}
          onChange={(event) => change({ recipient: event.currentTarget.value })}
        />
        <TextInput
          label="Date"
          type="date"
          value={text.on}
          onChange={(event) => event.currentTarget.value !== "" && change({ on: event.currentTarget.value })}
        />
      </div>
      <TextInput
        label="Subject"
        required
        value={text.subject}
        maxLength={300}
        onChange={(event) => change({ subject: event.currentTarget.value })}
      />
      <TextInput
        label="Salutation"
        value={text.salutation}
        maxLength={200}
        onChange={(event) => change({ salutation: event.currentTarget.value })}
      />
      {PASSAGES.map(({ key, ...labels }) => (
        <Textarea
          key={key}
          {...labels}
          value={text[key]}
          maxLength={20_000}
          onChange={(event) => change({ [key]: event.currentTarget.value })}
        />
      ))}
    </>
  );
}
