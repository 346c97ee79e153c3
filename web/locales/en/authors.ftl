# Bans, and the page of one author

category-ban = Banned
ban-by-email = Banned email
ban-by-name = Banned name
ban-by-address = Banned network address

# Where a ban is not filled in well

text-required = Fill this in.
text-control = Leave out control characters; nobody can see them.
ban-name-control = The name has control characters that nobody can see. Type it again.
ban-name-wide = This pattern would hold for nearly every name. Write { $min } letters or digits at least.
ban-address-invalid = This is no network address. Write it like 203.0.113.7, 203.0.113.0/24 or 2001:db8:1::/48.
ban-address-wide = This range is too wide: it would shut out people who have nothing to do with it. The widest are /{ $four } of IPv4 and /{ $six } of IPv6.
ban-known = This ban is in force already. To give it another end or reason, lift the old one first.
ban-many = A site has { $max } bans in force at the most. Lift some that are no longer needed.
ban-expired = The end must lie ahead.
