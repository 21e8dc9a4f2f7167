-- Events are reported, too.
alter table moderation.report drop constraint report_subject_type_check;
alter table moderation.report add constraint report_subject_type_check
    check (subject_type in ('MESSAGE', 'USER', 'ROOM', 'EVENT'));
