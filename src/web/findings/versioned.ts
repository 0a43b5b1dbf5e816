/** "openssl 3.0.1", or the name alone when no version is stated. */
export const versioned = ({ name, version }: { name: string; version: string | null }): string =>
  version === null ? name : `${name} ${version}`;
