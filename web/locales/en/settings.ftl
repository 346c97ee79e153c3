# The page “Settings”: what a site chooses

place-settings = Settings
settings-title = The site’s settings
settings-lead = Changes count within about two seconds, and are written into the history with the name of who made them.
settings-saved = Saved. The site’s pages go by the new settings within about two seconds.
settings-wrong = Nothing was saved. Correct what is marked and save again.
settings-stale = Nothing was saved: somebody else changed these settings while you were at it. The fields below are still as you typed them; saved again, they replace the other’s.
settings-stale-history = See who changed what
settings-save = Save the settings
settings-when = How the comments get into an article’s page:
settings-docs = How to embed

settings-origins-label = Where the site’s pages live
settings-origins-hint = One address a line, such as https://paper.example. Only pages at these addresses can send and read comments through the widget.
settings-origin = “{ $origin }” is not an address such as https://paper.example.
settings-origin-star = “{ $origin }” has a *, and a line is one host alone, so no page is at that address. Give each address on a line of its own, such as https://www.paper.example and https://m.paper.example.
settings-origins = 1 to { $max } addresses are needed; without any nobody could comment.

settings-readers = Readers
settings-edit-label = For how many minutes readers may edit what they sent
settings-edit-hint = 0 for never; 10080 minutes (a week) are the most. What was edited is judged anew.
settings-edit-window = A span from 0 to a week (10080 minutes, 604800 seconds) is needed.
settings-promised-label = Within how many minutes somebody looks at a comment
settings-promised-hint = Moderators are reminded by mail of what waits longer. 0 for no reminder; 10080 minutes (a week) are the most.
settings-promised = A whole number of minutes from 0 to { $max } is needed.
settings-tell = Readers may ask for a mail when their comment is approved or rejected
settings-names-label = Names that are not for readers
settings-names-hint = One a line, such as names of columns or of the paper’s people. A comment signed like that is marked for the moderators. The paper’s and the moderators’ names are known already.
settings-reserved = { $max } names are the most.
settings-reserved-name = “{ $name }” is not a name of 2 to 80 characters with letters in it.

settings-consent = Consent before sending
settings-consent-asked = Readers must tick a box before they can send
settings-consent-text-label = What they agree to
settings-consent-text-hint = Plain text on one line, 2000 characters at the most: what the paper keeps of its readers, what for, and for how long.
settings-consent-text = A text of 1 to 2000 characters is needed.
settings-consent-version-label = The name of this version
settings-consent-version-hint = Such as 2026-01. A new text needs a new name, so that it stays known what each reader agreed to.
settings-consent-version = The version’s name has 1 to 40 characters and no spaces, such as 2026-01.
settings-consent-reused = “{ $version }” names another text already. Give this one a name of its own.

settings-guard = Against floods
settings-proof-label = Readers’ browsers have to solve a small task
settings-proof-off = Never
settings-proof-adaptive = While comments flood in
settings-proof-always = With each comment
settings-proof-hint = It costs robots more; readers hardly notice. Forms without JavaScript can still be sent, but their comments always wait for a person.
settings-networks-label = For how many days the sender’s network is kept
settings-networks-hint = Only the first part of the address, for editors only, to ban by it. 0 keeps none; 365 days are the most.
settings-network-days = A whole number of days from 0 to { $max } is needed.
