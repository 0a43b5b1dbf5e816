import { SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { type AdvisoryContent, Tlp } from "../../features/publish/schema.ts";
import { Section } from "../kit/section.tsx";
import { Credits } from "./credits.tsx";
import { References } from "./references.tsx";
import { VulnerabilityFields } from "./vulnerability-fields.tsx";
import { optionsOf, TLP_WORD } from "./words.ts";

interface Props {
  content: AdvisoryContent;
  onChange: (content: AdvisoryContent) => void;
  disabled: boolean;
}

/** All that a person writes: in the order in which a reader meets it. */
export function AdvisoryFields({ content, onChange, disabled }: Props) {
  const change = (part: Partial<AdvisoryContent>) => onChange({ ...content, ...part });
  return (
    <fieldset className="bare-fieldset form" disabled={disabled} aria-label="Text of the advisory">
      <TextInput
        label="Title"
        value={content.title}
        maxLength={300}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <Textarea
        label="Summary"
        description="For somebody who reads nothing else."
        value={content.summary}
        maxLength={20_000}
        onChange={(event) => change({ summary: event.currentTarget.value })}
      />
      <Textarea
        label="What it means for a patient"
        description="Proposed from the worst harm the devices declare. Plain words; a clinician should agree."
        value={content.harm}
        maxLength={20_000}
        onChange={(event) => change({ harm: event.currentTarget.value })}
      />
      <div className="form-row">
        <Select
          label="Who may read it"
          data={optionsOf(TLP_WORD)}
          value={content.tlp}
          allowDeselect={false}
          onChange={(value) => change({ tlp: Tlp.parse(value) })}
        />
        <div>
          <p className="field-label" id="status-label">
            Is more coming soon?
          </p>
          <SegmentedControl
            aria-labelledby="status-label"
            fullWidth
            data={[
              { value: "final", label: "No, final" },
              { value: "interim", label: "Yes, interim" },
            ]}
            value={content.status}
            disabled={disabled}
            onChange={(value) => change({ status: value === "interim" ? "interim" : "final" })}
          />
        </div>
        <div>
          <p className="field-label" id="kind-label">
            What is it?
          </p>
          <SegmentedControl
            aria-labelledby="kind-label"
            fullWidth
            data={[
              { value: "security-advisory", label: "Advisory" },
              { value: "vex", label: "VEX only" },
            ]}
            value={content.kind}
            disabled={disabled}
            onChange={(value) => change({ kind: value === "vex" ? "vex" : "security-advisory" })}
          />
        </div>
      </div>
      {content.vulnerabilities.map((one, i) => (
        <VulnerabilityFields
          key={one.name}
          vulnerability={one}
          products={content.products}
          disabled={disabled}
          onChange={(next) =>
            change({ vulnerabilities: content.vulnerabilities.map((other, j) => (i === j ? next : other)) })
          }
        />
      ))}
      <Section title="References and thanks">
        <References
          references={content.references}
          disabled={disabled}
          onChange={(references) => change({ references })}
        />
        <Credits
          acknowledgments={content.acknowledgments}
          disabled={disabled}
          onChange={(acknowledgments) => change({ acknowledgments })}
        />
        <TextInput
          label="Conditions of distribution"
          description="Only where the line above (who may read it) does not say enough."
          mt="sm"
          value={content.distribution}
          maxLength={2_000}
          onChange={(event) => change({ distribution: event.currentTarget.value })}
        />
      </Section>
    </fieldset>
  );
}
