/**
 * Raise it with every change after which the same SBOM and the same advisories give other findings or are looked up under other keys:
 * releases assessed by other rules are compared again whatever changed in the advisories. The same holds for how devices are held
 * against advisories that name them in words.
 */
export const ASSESSMENT_RULES = 3;
