/** The library ships JavaScript only; these are the parts that are used. */
declare module "@secvisogram/csaf-validator-lib/validate.js" {
  interface Said {
    instancePath: string;
    message?: string;
  }
  interface TestResult {
    name: string;
    isValid: boolean;
    errors: Said[];
    warnings: Said[];
  }
  const validate: (tests: readonly unknown[], document: object) => Promise<{ isValid: boolean; tests: TestResult[] }>;
  export = validate;
}
declare module "@secvisogram/csaf-validator-lib/schemaTests.js" {
  export const csaf_2_0_strict: unknown;
}
declare module "@secvisogram/csaf-validator-lib/mandatoryTests.js" {
  const tests: Record<string, unknown>;
  export = tests;
}
declare module "@secvisogram/csaf-validator-lib/optionalTests.js" {
  const tests: Record<string, unknown>;
  export = tests;
}
declare module "@secvisogram/csaf-validator-lib/cwe.js" {
  export const weaknesses: { id: string; name: string }[];
}
