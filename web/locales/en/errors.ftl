# What is wrong with a field: what happened, then what to do.

name-required = You have not given a name. Write the name to show under your comment.
name-too-long = The name is too long. Keep it within { $max } characters.
name-control = The name has a control character or a line break. Type it again on one line.
name-bidi = The name has a character that turns the direction of writing. Delete it and type the name by hand.
name-invisible = The name has a character that cannot be seen. Delete it and type the name by hand.
name-emoji = The name has an emoji or sign made of hidden characters. Leave it out and write only the name.
name-broken = The name has a broken character (�). Type the name again.
name-markup = The name has a < or > in it. Write only the name.
name-link = The name has a web or email address in it. Write only the name.
name-phone = The name has a phone number in it. Write only the name.
name-no-letter = The name has no letter. Write it in letters.
name-marks = The name has too many marks on one letter, or a mark without a letter. Type it as it is usually written.

email-required = You have not given an email. Write one so that the newsroom can reach you; it is not shown on the page.
email-too-long = The email is too long. Use an address within { $max } characters.
email-invalid = This does not look like an email. Write it like lan@example.vn.
email-local-too-long = What stands before the @ is too long. Use an address with at most { $max } characters there.
email-dots = What stands before the @ has a full stop at its start or end, or two in a row. Take out the one too many.
email-unicode = What stands before the @ has letters with accents or of another script. Use plain letters, as your mail provider wrote the address.
email-control = The email has a control character or a line break. Type it again on one line.
email-domain = What follows the @ is not a domain name that mail can go to. Check it, for example gmail.com.

body-required = You have not written a comment. Write a few words, then send.
body-too-long = The comment has { $length } characters, more than the { $max } allowed. Shorten it or send it in parts.
body-control = The comment has control characters. Paste it through a plain text editor and send it again.

consent-required = You have not ticked the consent box. Read what stands beside it, tick it if you agree, and send again.
consent-changed = What you are asked to agree to has changed since you opened the page. Read it again, tick the box if you agree, and send again.

challenge-missing = Many comments are coming in, so your browser is asked to do a little work first. Fetch a challenge from /challenge of this site, solve it and send again with the solution.
challenge-wrong = The solution of the challenge is wrong, or of a challenge that was not given out for this site. Fetch a new one from /challenge of this site, solve it and send again.
challenge-expired = The challenge has expired. Fetch a new one from /challenge of this site, solve it and send again.
challenge-spent = This challenge was used for another comment. Fetch a new one from /challenge of this site, solve it and send again.

article-required = The article’s address is missing, so we cannot tell which article this is about. Paste the article’s address, or open the article again and send from there.
article-invalid = The article’s address cannot be read. Paste the whole address, which begins with https://, or open the article again and send from there.
article-foreign = This address is not on the newspaper’s site. Paste the address of an article there, or open the article there and send.
article-title = The article’s title is longer than { $max } characters. Send a shorter one.
parent-invalid = We cannot tell which comment you are answering. Open the article again and choose reply once more.
parent-unknown = The comment you are answering is no longer there. Open the article again, or send yours as a new comment.

field-meant = Did you mean { $suggestion }?
field-unknown = There is no field “{ $field }”. Leave it out.
field-type = The field “{ $field }” has the wrong type. See the documentation at /docs.
field-range = The field “{ $field }” takes a whole number from { $min } to { $max }.
field-word = “{ $word }” cannot stand in the field “{ $field }”. These can: { $known }.
field-time = The time in the field “{ $field }” cannot be read. Write it as RFC 3339 has it, with its time zone, such as 2026-11-29T17:00:00+07:00.
field-missing = The field “{ $field }” is missing. Add it.
key-mismatch = This Idempotency-Key was used for something else. Make a new key for each new submission.
key-invalid = An Idempotency-Key has 1 to 255 printable ASCII characters. Use a UUID.

# Problems as a whole: a title and a sentence or two.

problem-invalid-fields = Something needs correcting
problem-invalid-fields-detail = What was sent has not been taken in. Look at each place named, correct it and send again.
problem-json-object = A JSON object is expected
problem-json-object-detail = What was sent is JSON, but not an object, so nothing of it was taken in. Send an object in braces with the fields that /docs names.
problem-malformed-json = The JSON cannot be read
problem-malformed-json-detail = What was sent is not well-formed JSON. Check brackets and quotes, and that it is UTF-8.
problem-malformed-request = The request cannot be read
problem-malformed-request-detail = What was sent is not as HTTP has it, or ended early, so nothing was done. See what the program sends, then send it again.
problem-malformed-form = The form cannot be read
problem-malformed-form-detail = What was sent is not well-formed multipart/form-data, or was cut off, so nothing was stored. Go back to the page before and send again.
problem-unsupported-media-type = This content type is not supported
problem-unsupported-media-type-detail = Send application/json, application/x-www-form-urlencoded or, where comments are taken in, multipart/form-data.
problem-content-coding = This content coding is not supported
problem-content-coding-detail = What was sent is compressed (Content-Encoding), and nothing is read that way. Send it uncompressed.
problem-too-large = Too much was sent
problem-too-large-detail = What was sent is larger than we accept. Shorten it and send it again.
problem-timeout = Sending took too long
problem-timeout-detail = Not everything arrived in the time we allow. Check your connection and send again.
problem-not-found = Not found
problem-not-found-detail = There is nothing at this address. Check the link.
problem-site-unknown = No such site
problem-site-unknown-detail = The site key in the address is not registered here. Check the key.
problem-article-closed = This article is closed for comments
problem-article-closed-detail = Your comment was not taken in: the newsroom takes no more comments on this article.
problem-foreign-origin = Comments are not taken from this page
problem-foreign-origin-detail = Comments must be sent from the newspaper’s own pages. Open the article there and send it from there.
problem-page-unsaid = The browser did not say from which page
problem-page-unsaid-detail = The request came with a session’s cookie but neither Origin nor Sec-Fetch-Site, so nothing was done: another page could have sent it. Do it on the dashboard’s own page; a program sends an Authorization: Bearer header with a token.
problem-page-elsewhere = This was not sent from the dashboard
problem-page-elsewhere-detail = A page elsewhere had the browser send this, so nothing was done. Open the dashboard and do it there; a program sends an Authorization: Bearer header with a token.
problem-page-asks-too-much = A page may not send this
problem-page-asks-too-much-detail = The page is the newspaper’s, but its script would use a method or a header that is not open to pages. Leave it out, see /docs, or call from a server.
problem-form-outdated = The page is older than this sign-in
problem-form-outdated-detail = This browser has signed in anew since the page was opened, so nothing was recorded. Load the page anew and do it again.
problem-unauthorised = Please sign in
problem-unauthorised-detail = Sign in, or send an Authorization: Bearer header with a valid token.
problem-forbidden = Not allowed
problem-forbidden-detail = Your account may not do this. Ask an administrator at the newspaper.
problem-too-many = Too many comments from one network address
problem-too-many-detail = Your comment has not been recorded. Too many have just come from the network you use, which others may share. Keep this page and send it again in a few minutes.
problem-conflict = Somebody decided first
problem-conflict-detail = The comment has changed since you opened it. Look at the latest decision, then decide again if needed.
problem-busy = We are busy
problem-busy-detail = What was sent has not been taken in. Keep this page and send it again in a few seconds.
problem-busy-reading = We are busy
problem-busy-reading-detail = What you asked for cannot be read now. Ask again in a few seconds.
problem-internal = Something broke on our side
problem-internal-detail = The request was not carried out. Try again in a few minutes; if it still fails, tell the newsroom the request id.
problem-method-not-allowed = This method cannot be used here
problem-method-not-allowed-detail = This address does not take the method that was used. See the documentation at /docs.
problem-receipt-invalid = This link no longer works
problem-receipt-invalid-detail = The receipt is incomplete or has expired. Open the link exactly as you got it when you sent the comment.
problem-nothing-to-undo = Nothing left to undo
problem-nothing-to-undo-detail = This decision has been undone already, or the comment has changed since.
list-length = Send 1 to { $max } items.
list-long = Send { $max } items at the most.
text-too-long = Write no more than { $max } characters.

# Words of a site's own list.

word-empty = “{ $word }” has no letter and no digit. Write a word.
word-too-long = “{ $word }” is longer than { $max } characters. Write only the words that matter.
word-control = “{ $word }” has a control character or a line break. Write each word or phrase as an entry of its own.
word-look-around = “{ $word }” is a pattern with look-around. Write only the word: it matches whole, never inside another; and put what must pass on the list as “allow”.
word-back-reference = “{ $word }” is a pattern with a back-reference. Write the word once: drawn-out letters are read as one by themselves.
word-pattern = “{ $word }” is a pattern. Write each word or phrase that it stands for as an entry of its own: capitals, dots, spaces and disguises make no difference.
word-known = “{ $word }” is on the list already, perhaps spelled otherwise. Change or remove that one.
word-weight = The weight of “{ $word }” must be above 0 and at most { $max }. At 1 somebody looks at the comment.
word-weighed = “{ $word }” allows, so it has neither category nor weight. Leave them out.
word-ban = “{ $word }” cannot be of the category “ban”: that is what bans of senders are. Choose another category.
word-many = With “{ $word }” the list would have more than { $max } words. Remove some first.

# Editing a comment that was sent.

problem-edit-over = The time to edit is over
problem-edit-over-detail = A comment can be edited for a while after it was sent, and that while has passed. It stands as it was. You may withdraw it and send a new one.
problem-edit-settled = This comment can no longer be edited
problem-edit-settled-detail = It was decided not to publish it, or you withdrew it. If you still want to say it, send a new comment.
problem-edit-changed = The comment has changed
problem-edit-changed-detail = While you were writing, the newsroom decided on it or it was edited elsewhere, so nothing was stored. Send it once more if you still want to change it; it then waits for review again.
problem-withdraw-settled = There is nothing to withdraw
problem-withdraw-settled-detail = It was decided not to publish this comment, so nothing of it stands on the page. There is nothing that you need to do.

problem-mail-link-invalid = The link does not work
problem-mail-link-invalid-detail = The link of the mail lacks letters or is none of ours. Open the mail again and follow its link as it stands.
