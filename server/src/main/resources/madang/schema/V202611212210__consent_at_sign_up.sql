-- That one is old enough is said like any other yes, and kept like one.
alter table rights.document drop constraint document_kind_check,
    add constraint document_kind_check check (kind in ('TERMS', 'PRIVACY', 'AGE', 'SENSITIVE', 'LLM', 'MARKETING'));
insert into rights.document (kind, version, is_material, published_at)
    values ('AGE', '1', true, '2026-11-21T00:00:00Z');

-- What a browser's user agreed to before it left for a provider, should he be new to us.
alter table social.attempt add agreed text not null default '';
comment on column social.attempt.agreed is 'Kinds and versions, as the address of the request named them.';
