-- Several sources of the catalogue are questions to the same address, such as GitHub's.
alter table intel_source drop constraint intel_source_organization_id_location_key;
create unique index intel_source_once on intel_source (organization_id, location, (coalesce(plug_in, '')));
