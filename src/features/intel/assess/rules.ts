/**
 * Raise it with every change after which the same SBOM and the same advisories give other findings or are looked up under other keys:
 * releases assessed by other rules are compared again whatever changed in the advisories.
 */
export const ASSESSMENT_RULES = 1;
