-- A link that lets somebody in again who lost their password, their passkey or their second factor.
alter table invitation drop constraint invitation_purpose_check;
alter table invitation add constraint invitation_purpose_check
  check (purpose in ('first-administrator', 'invitation', 'recovery'));
