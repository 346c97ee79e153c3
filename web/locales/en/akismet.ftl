# Comments that the newspaper's own system hands on by the Akismet protocol.

akismet-fault-name = The name is missing or is no name
akismet-fault-email = The email address is not valid
akismet-fault-text = The text is empty, was cut at its end, or has characters that are not seen
akismet-fault-page = Sent from a page that is not among the site’s addresses
akismet-source = Sent by Akismet: shown by the newspaper’s own system, not in Duyệt’s lists
akismet-by = The newsroom, by Akismet
