-- How long each part is supported, as the sources said it on the day the release was last looked at.
alter table component add column support_level text;
alter table component add column support_ends_on date;
-- Cycle, newest version of it, and how it is known.
alter table component add column support jsonb;
create index component_support on component (organization_id, sbom_id, support_level, support_ends_on);

-- For the lists of releases: how many parts are in which state, and what ends next.
alter table release add column supported_on date;
alter table release add column support jsonb;
create index release_support on release (organization_id, id) where support is not null;
