-- Whose clock a repeating event keeps: at ten in Berlin all year is not at one hour of UTC all year.
alter table calendar_event add column time_zone text;
