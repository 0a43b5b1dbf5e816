/** The version of OSCAL that documents of ours are written in. */
export const OSCAL_VERSION = "1.1.3";
