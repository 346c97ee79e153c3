# The external checker: a program of the newspaper’s that is asked about each comment

checker-itself = External checker
checker-waiting = The external checker has not answered yet
checker-absent = There is no answer of the external checker
checker-said = External checker: { $label }

history-comment-checked = saw { $labels }; the comment waits under “{ $lane }”
history-site_secret-checker = changed the secret of the external checker; the one before counts until { $when }
history-site_secret-checker-first = gave the external checker its first secret

check-label = A label has 1 to 40 of a-z 0-9 . _ - and is neither waiting nor absent.
check-weight = A weight is a number from 0 to 4.
check-place = start and end are given together and lie in the comment, start before end.
check-message = A message has one line of at most 200 characters.

settings-checker = External checker
settings-checker-lead = A program of the newspaper’s that is asked about each comment that waits. What it answers is one more reason for moderators; it publishes and rejects nothing by itself.
settings-checker-url-label = The program’s address
settings-checker-url-hint = Such as https://kiem-tra.bao.example/duyet. Leave it empty to ask nobody. It is told the name and the text of comments, never the email; each question is signed with the checker’s own secret, which stands at the end of this page once this is saved.
settings-checker-deadline-label = How long to wait for an answer, in milliseconds
settings-checker-deadline-hint = Readers do not wait. As long as there is no answer, the comment stands in the lane “Needs a look”, and that is said.
settings-checker-deadline-wrong = A number from { $min } to { $max } is needed.
settings-checker-none = No program is asked.
settings-checker-admins = Only admins change the checker, since names and texts of comments are sent there.

settings-secret-checker = The secret of the external checker
settings-secret-checker-lead = Duyệt signs its questions with it, and the checker the answers that it sends later. It says nothing for the CMS. After a change both secrets sign for 24 hours.
settings-secret-checker-renew = Make a new secret
