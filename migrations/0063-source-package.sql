-- The source package a distribution built a part from, where the SBOM names it beside the package URL: advisories speak of source packages.
alter table component add column source text;
