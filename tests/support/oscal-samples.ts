/** Documents in the form NIST publishes SP 800-53 in, with prose of our own. */
const LINK = "c7ac44e8-10db-4b64-b2b9-9e32ec1efed0";
export const UNUSED_RESOURCE = "0f963c17-ab5a-432a-a867-91eac550309b";

export const nistCatalog = () => ({
  catalog: {
    uuid: "4a0c2a3f-0a4b-4c1d-9b0e-1f2d3c4b5a69",
    metadata: {
      title: "Sample of a catalogue of controls",
      published: "2023-11-02T11:18:32-04:00",
      "last-modified": "2023-12-04T14:55:00-04:00",
      version: "5.1.1",
      "oscal-version": "1.1.1",
      props: [{ name: "keywords", value: "assurance, availability" }],
      links: [{ href: `#${LINK}`, rel: "alternate" }],
      roles: [{ id: "creator", title: "Document Creator" }],
      parties: [
        {
          uuid: "67e1dbc8-4b0c-4d2b-8f2a-000000000001",
          type: "organization",
          name: "Joint Task Force",
          "email-addresses": ["sec-cert@example.gov"],
          addresses: [
            { "addr-lines": ["100 Bureau Drive"], city: "Gaithersburg", state: "MD", "postal-code": "20899" },
          ],
        },
      ],
      "responsible-parties": [{ "role-id": "creator", "party-uuids": ["67e1dbc8-4b0c-4d2b-8f2a-000000000001"] }],
    },
    groups: [
      {
        id: "ac",
        class: "family",
        title: "Access Control",
        controls: [
          {
            id: "ac-1",
            class: "SP800-53",
            title: "Policy and Procedures",
            params: [
              {
                id: "ac-1_prm_1",
                props: [{ name: "aggregates", ns: "http://csrc.nist.gov/ns/rmf", value: "ac-01_odp.01" }],
                label: "organization-defined personnel or roles",
              },
              {
                id: "ac-01_odp.03",
                props: [{ name: "label", value: "AC-01_ODP[03]", class: "sp800-53a" }],
                select: { "how-many": "one-or-more", choice: ["organization-level", "system-level"] },
              },
              {
                id: "ac-01_odp.05",
                label: "frequency",
                guidelines: [{ prose: "how often the policy is reviewed" }],
                constraints: [{ description: "at least once a year" }],
              },
            ],
            props: [
              { name: "label", value: "AC-01", class: "sp800-53a" },
              { name: "label", value: "AC-1" },
              { name: "sort-id", value: "ac-01" },
            ],
            links: [
              { href: `#${LINK}`, rel: "reference" },
              { href: "#ac-2", rel: "related" },
            ],
            parts: [
              {
                id: "ac-1_smt",
                name: "statement",
                parts: [
                  {
                    id: "ac-1_smt.a",
                    name: "item",
                    props: [{ name: "label", value: "a." }],
                    prose: "Write down for {{ insert: param, ac-1_prm_1 }} a {{ insert: param, ac-01_odp.03 }} policy;",
                  },
                  {
                    id: "ac-1_smt.b",
                    name: "item",
                    props: [{ name: "label", value: "b." }],
                    prose: "Review it {{ insert: param, ac-01_odp.05 }}.",
                  },
                ],
              },
              { id: "ac-1_gdn", name: "guidance", prose: "A policy says what is allowed." },
              {
                id: "ac-1_obj",
                name: "assessment-objective",
                props: [{ name: "label", value: "AC-01", class: "sp800-53a" }],
                parts: [{ id: "ac-1_obj.a", name: "assessment-objective", prose: "the policy is written;" }],
              },
            ],
          },
          {
            id: "ac-2",
            class: "SP800-53",
            title: "Account Management",
            props: [{ name: "label", value: "AC-2" }],
            parts: [{ id: "ac-2_smt", name: "statement", prose: "Manage accounts." }],
            controls: [
              {
                id: "ac-2.1",
                class: "SP800-53-enhancement",
                title: "Automated Account Management",
                props: [{ name: "label", value: "AC-2(1)" }],
                parts: [{ id: "ac-2.1_smt", name: "statement", prose: "By machine." }],
              },
              {
                id: "ac-2.10",
                class: "SP800-53-enhancement",
                title: "Shared and Group Account Credential Change",
                props: [
                  { name: "label", value: "AC-2(10)" },
                  { name: "status", value: "withdrawn" },
                ],
                links: [{ href: "#ac-2_smt", rel: "incorporated-into" }],
              },
            ],
          },
        ],
      },
      {
        id: "au",
        class: "family",
        title: "Audit and Accountability",
        controls: [
          { id: "au-2", title: "Event Logging", parts: [{ id: "au-2_smt", name: "statement", prose: "Log events." }] },
          { id: "au-3", title: "Content of Audit Records" },
        ],
      },
    ],
    "back-matter": {
      resources: [
        {
          uuid: LINK,
          title: "A publication",
          citation: { text: "A publication, 2020." },
          rlinks: [{ href: "https://example.gov/publication" }],
        },
        { uuid: UNUSED_RESOURCE, title: "Nobody refers to it", rlinks: [{ href: "https://example.gov/other" }] },
      ],
    },
  },
});

/** A baseline in the way NIST's are written. */
export const nistProfile = (change: object = {}) => ({
  profile: {
    uuid: "8742196d-86ba-4e72-a411-28867dab43bb",
    metadata: {
      title: "Sample low baseline",
      "last-modified": "2023-12-04T14:55:00-04:00",
      version: "5.1.1",
      "oscal-version": "1.1.1",
    },
    imports: [
      { href: "NIST_SP-800-53_rev5_catalog.xml", "include-controls": [{ "with-ids": ["ac-1", "ac-2.1", "au-2"] }] },
    ],
    merge: { "as-is": true },
    ...change,
  },
});
