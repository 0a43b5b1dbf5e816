-- What CycloneDX says of a part: the device needs it to run, may do without it, or is shipped without it. Null: the SBOM says nothing.
alter table component add column scope text check (scope in ('required', 'optional', 'excluded'));
