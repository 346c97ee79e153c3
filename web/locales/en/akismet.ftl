# Comments that the newspaper's own system hands on by the Akismet protocol.

akismet-fault-name = The name is missing or is no name
akismet-fault-email = The email address is not valid
akismet-fault-text = The text is empty, was cut at its end, or has characters that are not seen
akismet-fault-page = Sent from a page that is not among the site’s addresses
akismet-source = Sent by Akismet: shown by the newspaper’s own system, not in Duyệt’s lists
akismet-by = The newsroom, by Akismet

history-site_secret-akismet = changed the Akismet key; the one before counts until { $when }
settings-secret-akismet = The Akismet key
settings-secret-akismet-lead = Plugins and libraries for Akismet hand in comments by it. After a change the old one counts for another 24 hours, so that you can give the plugin the new one in peace; one before that ends at once. Decisions are told to the plugin with the new key, so put it there soon. The command duyet site secret SITE --akismet shows an operator the key that counts.
settings-secret-akismet-renew = Make a new key
settings-secret-akismet-own = The Akismet key is always made by Duyệt. Leave this empty.
