-- What is not sent: few rows, looked at whenever an administrator opens Today.
create index mail_unsent on mail (organization_id, user_id) where sent_at is null;
