-- What each rule has settled, the newest last. Only what a rule or a ban settles as it arrives is in it, so that no other pays for it.
CREATE INDEX decisions_by_rule ON decisions (site_id, actor_name, id) WHERE actor_kind = 'rule';
