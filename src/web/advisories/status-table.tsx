import { Select, TextInput } from "@mantine/core";
import { VexJustification, VexStatus } from "../../features/intel/vex/schema.ts";
import type { AdvisoryProduct, ProductStatement } from "../../features/publish/schema.ts";
import { optionsOf, REASON_WORD, STATUS_WORD } from "./words.ts";

interface Props {
  name: string;
  products: readonly AdvisoryProduct[];
  statements: readonly ProductStatement[];
  disabled: boolean;
  onChange: (statements: ProductStatement[]) => void;
}

const UNSAID = "unsaid";
const STATUSES = [{ value: UNSAID, label: "Left out" }, ...optionsOf(STATUS_WORD)];

/** What is said of each release: from the decisions on its findings, to be corrected here. */
export function StatusTable({ name, products, statements, disabled, onChange }: Props) {
  const said = new Map(statements.map((one) => [one.releaseId, one]));
  const change = (releaseId: string, part: Partial<ProductStatement>) => {
    const before = said.get(releaseId) ?? { releaseId, status: null, justification: null, impact: "" };
    const next = { ...before, ...part };
    const others = statements.filter((one) => one.releaseId !== releaseId);
    onChange(
      products.flatMap((product) =>
        product.releaseId === releaseId ? [next] : others.filter((one) => one.releaseId === product.releaseId),
      ),
    );
  };
  return (
    <div className="table-scroll">
      <table className="table status-table">
        <caption className="field-label">Releases</caption>
        <thead>
          <tr>
            <th scope="col">Device and release</th>
            <th scope="col">Status</th>
            <th scope="col">Why not affected</th>
          </tr>
        </thead>
        <tbody>
          {products.map(({ releaseId, name: device, version }) => {
            const { status = null, justification = null, impact = "" } = said.get(releaseId) ?? {};
            const label = `${device} ${version}`;
            return (
              <tr key={releaseId} className={status === null ? "row-left-out" : undefined}>
                <th scope="row">{label}</th>
                <td>
                  <Select
                    size="xs"
                    aria-label={`Status of ${label} for ${name}`}
                    data={STATUSES}
                    value={status ?? UNSAID}
                    allowDeselect={false}
                    disabled={disabled}
                    onChange={(value) =>
                      change(releaseId, {
                        status: VexStatus.safeParse(value).data ?? null,
                        ...(value === "not_affected" ? {} : { justification: null, impact: "" }),
                      })
                    }
                  />
                </td>
                <td>
                  {status === "not_affected" && (
                    <>
                      <Select
                        size="xs"
                        aria-label={`Why ${label} is not affected by ${name}`}
                        placeholder="Choose why"
                        clearable
                        clearButtonProps={{ "aria-label": "No reason" }}
                        data={optionsOf(REASON_WORD)}
                        value={justification}
                        disabled={disabled}
                        onChange={(value) =>
                          change(releaseId, { justification: VexJustification.safeParse(value).data ?? null })
                        }
                      />
                      <TextInput
                        size="xs"
                        mt={4}
                        aria-label={`In words: why ${label} is not affected by ${name}`}
                        placeholder="In your own words"
                        value={impact}
                        onChange={(event) => change(releaseId, { impact: event.currentTarget.value })}
                      />
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
