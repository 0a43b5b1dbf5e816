import * as z from "zod";

/**
 * OSCAL 1.0.0 to 1.1.3, catalogue and profile models, as far as Cordon keeps them (https://pages.nist.gov/OSCAL-Reference/models/).
 * Objects take unknown members and drop them: `losses.ts` names each.
 */
const TOKEN = /^[\p{L}_][\p{L}\p{N}.\-_]*$/u;
const token = z.string().max(1_000).regex(TOKEN, "This is no OSCAL token: a letter or _, then letters, digits, . - _");
const text = z.string().max(2_000_000);
const line = z.string().max(20_000);
const uuid = z.guid();

export const Prop = z.object({
  name: token,
  uuid: uuid.optional(),
  ns: line.optional(),
  value: line.min(1),
  class: token.optional(),
  group: token.optional(),
  remarks: text.optional(),
});
export type Prop = z.infer<typeof Prop>;

export const Link = z.object({
  href: line.min(1),
  rel: token.optional(),
  "media-type": line.optional(),
  "resource-fragment": line.optional(),
  text: line.optional(),
});
export type Link = z.infer<typeof Link>;

export const Part = z.object({
  id: token.optional(),
  name: token,
  ns: line.optional(),
  class: token.optional(),
  title: line.optional(),
  props: z.array(Prop).min(1).optional(),
  prose: text.optional(),
  get parts() {
    return z.array(Part).min(1).optional();
  },
  links: z.array(Link).min(1).optional(),
});
export type Part = z.infer<typeof Part>;

export const Parameter = z.object({
  id: token,
  class: token.optional(),
  "depends-on": token.optional(),
  props: z.array(Prop).min(1).optional(),
  links: z.array(Link).min(1).optional(),
  label: line.optional(),
  usage: text.optional(),
  constraints: z
    .array(
      z.object({
        description: text.optional(),
        tests: z
          .array(z.object({ expression: line, remarks: text.optional() }))
          .min(1)
          .optional(),
      }),
    )
    .min(1)
    .optional(),
  guidelines: z
    .array(z.object({ prose: text }))
    .min(1)
    .optional(),
  values: z.array(line).min(1).optional(),
  select: z
    .object({ "how-many": z.enum(["one", "one-or-more"]).optional(), choice: z.array(line).min(1).optional() })
    .optional(),
  remarks: text.optional(),
});
export type Parameter = z.infer<typeof Parameter>;

export const OscalControl = z.object({
  id: token,
  class: token.optional(),
  title: line.min(1),
  params: z.array(Parameter).min(1).optional(),
  props: z.array(Prop).min(1).optional(),
  links: z.array(Link).min(1).optional(),
  parts: z.array(Part).min(1).optional(),
  get controls() {
    return z.array(OscalControl).min(1).optional();
  },
});
export type OscalControl = z.infer<typeof OscalControl>;

export const ControlGroup = z.object({
  id: token.optional(),
  class: token.optional(),
  title: line.min(1),
  params: z.array(Parameter).min(1).optional(),
  props: z.array(Prop).min(1).optional(),
  links: z.array(Link).min(1).optional(),
  parts: z.array(Part).min(1).optional(),
  get groups() {
    return z.array(ControlGroup).min(1).optional();
  },
  controls: z.array(OscalControl).min(1).optional(),
});
export type ControlGroup = z.infer<typeof ControlGroup>;

const Party = z.object({
  uuid,
  type: z.enum(["person", "organization"]),
  name: line.optional(),
  "short-name": line.optional(),
  props: z.array(Prop).min(1).optional(),
  links: z.array(Link).min(1).optional(),
  "email-addresses": z.array(line).min(1).optional(),
  addresses: z
    .array(
      z.object({
        type: token.optional(),
        "addr-lines": z.array(line).min(1).optional(),
        city: line.optional(),
        state: line.optional(),
        "postal-code": line.optional(),
        country: line.optional(),
      }),
    )
    .min(1)
    .optional(),
  "member-of-organizations": z.array(uuid).min(1).optional(),
  remarks: text.optional(),
});

export const CatalogueMetadata = z.object({
  published: line.optional(),
  "last-modified": line,
  "oscal-version": line,
  "document-ids": z
    .array(z.object({ scheme: line.optional(), identifier: line }))
    .min(1)
    .optional(),
  props: z.array(Prop).min(1).optional(),
  links: z.array(Link).min(1).optional(),
  roles: z
    .array(
      z.object({
        id: token,
        title: line,
        "short-name": line.optional(),
        description: text.optional(),
        remarks: text.optional(),
      }),
    )
    .min(1)
    .optional(),
  parties: z.array(Party).min(1).optional(),
  "responsible-parties": z
    .array(z.object({ "role-id": token, "party-uuids": z.array(uuid).min(1), remarks: text.optional() }))
    .min(1)
    .optional(),
  revisions: z
    .array(
      z.object({
        title: line.optional(),
        published: line.optional(),
        "last-modified": line.optional(),
        version: line.optional(),
        "oscal-version": line.optional(),
        props: z.array(Prop).min(1).optional(),
        links: z.array(Link).min(1).optional(),
        remarks: text.optional(),
      }),
    )
    .min(1)
    .optional(),
  remarks: text.optional(),
});
export type CatalogueMetadata = z.infer<typeof CatalogueMetadata>;

export const Resource = z.object({
  uuid,
  title: line.optional(),
  description: text.optional(),
  props: z.array(Prop).min(1).optional(),
  "document-ids": z
    .array(z.object({ scheme: line.optional(), identifier: line }))
    .min(1)
    .optional(),
  citation: z
    .object({ text: line, props: z.array(Prop).min(1).optional(), links: z.array(Link).min(1).optional() })
    .optional(),
  rlinks: z
    .array(
      z.object({
        href: line.min(1),
        "media-type": line.optional(),
        hashes: z
          .array(z.object({ algorithm: line, value: line }))
          .min(1)
          .optional(),
      }),
    )
    .min(1)
    .optional(),
  remarks: text.optional(),
});
export type Resource = z.infer<typeof Resource>;

const Metadata = CatalogueMetadata.extend({
  title: z.string().min(1).max(1_000),
  version: z.string().min(1).max(200),
});
const BackMatter = z.object({ resources: z.array(Resource).min(1).optional() });

export const OscalCatalog = z.object({
  uuid,
  metadata: Metadata,
  params: z.array(Parameter).min(1).optional(),
  groups: z.array(ControlGroup).min(1).optional(),
  controls: z.array(OscalControl).min(1).optional(),
  "back-matter": BackMatter.optional(),
});
export type OscalCatalog = z.infer<typeof OscalCatalog>;

const Selection = z.object({
  "with-child-controls": z.enum(["yes", "no"]).optional(),
  "with-ids": z.array(token).min(1).optional(),
  matching: z
    .array(z.object({ pattern: line.optional() }))
    .min(1)
    .optional(),
});
export type Selection = z.infer<typeof Selection>;

const Import = z.object({
  href: line.min(1),
  "include-all": z.object({}).optional(),
  "include-controls": z.array(Selection).min(1).optional(),
  "exclude-controls": z.array(Selection).min(1).optional(),
});
export type Import = z.infer<typeof Import>;

const SetParameter = Parameter.omit({ id: true, remarks: true }).extend({ "param-id": token });

const Add = z.object({
  position: z.enum(["before", "after", "starting", "ending"]).optional(),
  "by-id": token.optional(),
  title: line.optional(),
  params: z.array(Parameter).min(1).optional(),
  props: z.array(Prop).min(1).optional(),
  links: z.array(Link).min(1).optional(),
  parts: z.array(Part).min(1).optional(),
});
export type Add = z.infer<typeof Add>;

const Remove = z.object({
  "by-name": token.optional(),
  "by-class": token.optional(),
  "by-id": token.optional(),
  "by-item-name": z.enum(["param", "prop", "link", "part", "mapping", "map"]).optional(),
  "by-ns": line.optional(),
});
export type Remove = z.infer<typeof Remove>;

const Alter = z.object({
  "control-id": token,
  removes: z.array(Remove).min(1).optional(),
  adds: z.array(Add).min(1).optional(),
});
export type Alter = z.infer<typeof Alter>;

export const OscalProfile = z.object({
  uuid,
  metadata: Metadata,
  imports: z.array(Import).min(1),
  merge: z
    .object({
      combine: z.object({ method: z.enum(["use-first", "merge", "keep"]).optional() }).optional(),
      flat: z.object({}).optional(),
      "as-is": z.boolean().optional(),
      custom: z.unknown().optional(),
    })
    .optional(),
  modify: z
    .object({ "set-parameters": z.array(SetParameter).min(1).optional(), alters: z.array(Alter).min(1).optional() })
    .optional(),
  "back-matter": BackMatter.optional(),
});
export type OscalProfile = z.infer<typeof OscalProfile>;
