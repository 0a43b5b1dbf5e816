-- Files as they came, known by the SHA-256 of what is in them. The bytes are in the blobs folder, sealed with a key of the file's own;
-- here is that key, closed with a key of the installation (docs/decisions/0015).
create table blob (
  organization_id uuid not null references organization,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  object_id uuid not null,
  size_bytes bigint not null,
  key_id text not null,
  wrapped_key bytea not null,
  stored_at timestamptz not null,
  primary key (organization_id, sha256)
);
create index blob_key on blob (organization_id, key_id);
call isolate('blob', 'select, insert');
grant update (key_id, wrapped_key) on blob to cordon_app;
