-- How many vulnerabilities a release was last compared with: "no open finding" means little without it.
alter table release add column assessed_vulnerabilities integer check (assessed_vulnerabilities >= 0);
