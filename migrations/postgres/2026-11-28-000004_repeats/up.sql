-- Sixteen bits of a keyed hash of the network address that a comment came from: tells the addresses of a cluster apart, and
-- tells nobody which they were.
ALTER TABLE comments ADD COLUMN address_mark INTEGER;
-- The comments that say the same, where that is what was seen: the first of them, and how many they are, as JSON.
ALTER TABLE evidence ADD COLUMN cluster TEXT;
