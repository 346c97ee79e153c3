-- The network that a comment came from (a /24 of IPv4, a /48 of IPv6), for as long as the site keeps it: what an editor needs to
-- ban a range.
ALTER TABLE comments ADD COLUMN network TEXT;

-- What arrived before this has none any more: the sweep goes on from here and looks at no comment twice.
ALTER TABLE sites ADD COLUMN networks_swept BLOB;
