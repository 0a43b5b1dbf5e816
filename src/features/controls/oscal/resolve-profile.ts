import { Fault } from "../../../lib/fault.ts";
import { namedId } from "../../../lib/ids.ts";
import { OURS } from "../catalogue/own-props.ts";
import { controlsOf } from "../catalogue/walk.ts";
import type { Catalogue, Loss } from "../schema.ts";
import { alterControl } from "./alter.ts";
import { publisherOf, slugOf } from "./from-oscal.ts";
import type { ControlGroup, OscalControl, OscalProfile, Parameter, Resource } from "./schema.ts";
import { keepControls, keepInGroups, selectedIds, some } from "./select.ts";

/** What a profile can import: a catalogue, or another profile, under the name of its file. */
export type Source = { name: string } & ({ catalogue: Catalogue } | { profile: OscalProfile });

export interface Resolved {
  catalogue: Catalogue;
  losses: Loss[];
}

const MAX_CHAIN = 10;

/**
 * The catalogue that a profile describes (OSCAL profile resolution: import, merge, modify). `sources` are the files it may mean.
 * Faults `not_found` when what it imports is not among them, `bad_input` when profiles import each other in a circle.
 */
export function resolveProfile(
  profile: OscalProfile,
  sources: readonly Source[],
  chain: readonly string[] = [],
): Resolved {
  if (chain.length >= MAX_CHAIN || chain.includes(profile.uuid))
    throw new Fault("bad_input", "Profiles import each other in a circle or through more than ten others", {
      at: profile.metadata.title,
    });
  const lost: Loss[] = [];
  const note = (loss: Loss) => void lost.push(loss);
  const imports = profile.imports.map((one) => {
    const source = sourceOf(one.href, profile, sources);
    const resolved =
      "catalogue" in source
        ? { catalogue: source.catalogue, losses: [] }
        : resolveProfile(source.profile, sources, [...chain, profile.uuid]);
    lost.push(...resolved.losses);
    return { catalogue: resolved.catalogue, ids: selectedIds(resolved.catalogue, one, note) };
  });
  const { groups, controls } = merge(profile, imports, note);
  const { metadata } = profile;
  const { title, version, ...head } = metadata;
  const merged = modify({ groups, controls }, profile, imports, note);
  const catalogue: Catalogue = {
    catalogue: slugOf(profile),
    title,
    publisher: publisherOf(profile),
    edition: version,
    uuid: namedId(`resolved ${profile.uuid} ${version}`),
    metadata: { ...head, props: [...(head.props ?? []), { name: "resolution-tool", value: "Cordon" }] },
    ...merged,
    resources: [],
  };
  const resources = [
    ...imports.flatMap((one) => one.catalogue.resources),
    ...(profile["back-matter"]?.resources ?? []),
  ];
  return { catalogue: { ...catalogue, resources: mentioned(resources, catalogue) }, losses: lost };
}

interface Imported {
  catalogue: Catalogue;
  ids: ReadonlySet<string>;
}

type Body = Pick<Catalogue, "groups" | "controls">;

function merge({ merge: how, metadata }: OscalProfile, imports: readonly Imported[], note: (loss: Loss) => void): Body {
  const at = metadata.title;
  if (how?.custom !== undefined) note({ at, what: "Its own order of groups is not kept: the catalogue's is" });
  if (how?.combine?.method === "merge") note({ at, what: "Controls of two imports are not merged: the first counts" });
  const taken = new Set<string>();
  const groups: ControlGroup[] = [];
  const controls: OscalControl[] = [];
  const asIs = how?.["as-is"] === true || how?.custom !== undefined;
  for (const { catalogue, ids } of imports) {
    const fresh = ids.difference(taken);
    if (fresh.size < ids.size)
      note({ at, what: `${ids.size - fresh.size} controls come from two imports: the first counts` });
    for (const id of fresh) taken.add(id);
    if (asIs) {
      groups.push(...keepInGroups(catalogue.groups, fresh));
      controls.push(...keepControls(catalogue.controls, fresh));
    } else
      for (const { control } of controlsOf(catalogue)) {
        const { controls: _, ...own } = control;
        if (fresh.has(control.id)) controls.push(own);
      }
  }
  return { groups, controls };
}

function modify(
  body: Body,
  { modify: how, metadata }: OscalProfile,
  imports: readonly Imported[],
  note: (loss: Loss) => void,
): Body & Pick<Catalogue, "params"> {
  const settings = new Map((how?.["set-parameters"] ?? []).map(({ "param-id": id, ...setting }) => [id, setting]));
  const alters = Map.groupBy(how?.alters ?? [], (alter) => alter["control-id"]);
  const set = new Set<string>();
  const setParams = (params: readonly Parameter[] | undefined) =>
    (params ?? []).map((param) => {
      const setting = settings.get(param.id);
      if (setting === undefined) return param;
      set.add(param.id);
      const { props, links, ...replaced } = setting;
      return {
        ...param,
        ...replaced,
        ...some("props", [...(param.props ?? []), ...(props ?? [])]),
        ...some("links", [...(param.links ?? []), ...(links ?? [])]),
      };
    });
  const altered = new Set<string>();
  const change = (control: OscalControl): OscalControl => {
    const own = alters.get(control.id) ?? [];
    if (own.length > 0) altered.add(control.id);
    const after = own.reduce((one, alter) => alterControl(one, alter, note), control);
    return {
      ...after,
      ...some("params", setParams(after.params)),
      ...some("controls", (after.controls ?? []).map(change)),
    };
  };
  const changeGroup = (group: ControlGroup): ControlGroup => ({
    ...group,
    ...some("params", setParams(group.params)),
    ...some("groups", (group.groups ?? []).map(changeGroup)),
    ...some("controls", (group.controls ?? []).map(change)),
  });
  const done = {
    groups: body.groups.map(changeGroup),
    controls: body.controls.map(change),
    params: setParams(imports.flatMap((one) => one.catalogue.params)),
  };
  for (const id of settings.keys())
    if (!set.has(id)) note({ at: metadata.title, what: `It sets the parameter ${id}, which no control taken has` });
  for (const id of alters.keys())
    if (!altered.has(id)) note({ at: metadata.title, what: `It alters the control ${id}, which is not taken` });
  return done;
}

/** By a resource's links where the reference is one (`#uuid`), then by the name of the file, whatever its format. */
function sourceOf(href: string, profile: OscalProfile, sources: readonly Source[]): Source {
  const resource = href.startsWith("#")
    ? profile["back-matter"]?.resources?.find(({ uuid }) => uuid.toLowerCase() === href.slice(1).toLowerCase())
    : undefined;
  const hrefs = href.startsWith("#") ? (resource?.rlinks ?? []).map((link) => link.href) : [href];
  const names = new Set(hrefs.map(stemOf));
  const found = sources.find(
    (source) =>
      names.has(stemOf(source.name)) ||
      ("catalogue" in source ? source.catalogue.uuid : source.profile.uuid).toLowerCase() ===
        href.slice(1).toLowerCase(),
  );
  if (found !== undefined) return found;
  const [only] = sources;
  if (sources.length === 1 && profile.imports.length === 1 && only !== undefined) return only;
  const wanted = hrefs.join(" or ") || href;
  throw new Fault("not_found", `The profile imports ${wanted.slice(0, 500)}, which was not given`, {
    at: profile.metadata.title,
    fix: "Give the catalogue (or profile) that it imports along with it, under the same file name",
  });
}

const stemOf = (href: string): string =>
  (href.split(/[?#]/)[0] ?? "")
    .replace(/^.*[\\/]/, "")
    .replace(/\.(xml|json|yaml|yml)$/i, "")
    .replace(/-min$/, "")
    .toLowerCase();

/** Resources that something left still refers to. */
function mentioned(resources: readonly Resource[], { groups, controls, params, metadata }: Catalogue): Resource[] {
  const text = JSON.stringify([groups, controls, params, metadata]);
  const named = new Set([...text.matchAll(/#([0-9a-f-]{36})/gi)].map(([, id = ""]) => id.toLowerCase()));
  const seen = new Set<string>();
  return resources.filter(({ uuid, props }) => {
    const keeps = props?.some((prop) => prop.name === "keep" && prop.value === "always" && prop.ns !== OURS) === true;
    const fresh = !seen.has(uuid);
    seen.add(uuid);
    return fresh && (keeps || named.has(uuid.toLowerCase()));
  });
}
