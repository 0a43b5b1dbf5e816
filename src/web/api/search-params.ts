type Search = Record<string, unknown>;

/** Addresses a person can read and a colleague can be sent: `?state=new&state=affected&exploited=true`, no quotes, no JSON. */
export function parseSearch(text: string): Search {
  const params = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const values = params.getAll(key).map(readValue);
      return [key, values.length === 1 ? values[0] : values];
    }),
  );
}

export function stringifySearch(search: Search): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search))
    for (const item of Array.isArray(value) ? value : [value])
      if (item !== undefined && item !== null && item !== "") params.append(key, String(item));
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

const readValue = (text: string): string | boolean => (text === "true" ? true : text === "false" ? false : text);
