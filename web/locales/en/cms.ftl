# The CMS: messages that come in, settings, history

problem-signature-missing = A signature is missing
problem-signature-missing-detail = A message must be signed with its sender’s secret: that of the CMS, or that of the external checker. See that the sender has been given it, and that the settings name the right format of the CMS.
problem-signature-doubled = A header of the signature came twice
problem-signature-doubled-detail = A header that proves the message came twice, so nobody knows which one counts. See whether a proxy adds headers, then send again.
problem-signature-stale = The signature is out of time
problem-signature-stale-detail = It was signed more than five minutes before or after our clock’s time. Set the clock of the CMS’s server right, then sign and send again.
problem-signature-wrong = The signature is wrong
problem-signature-wrong-detail = The body was not signed with its sender’s secret for this site, or was changed on its way. The CMS and the external checker have a secret each. Compare the secrets, and sign exactly the bytes that are sent.
cms-header-missing = This header is missing.
cms-header-doubled = This header came twice.
cms-long = More than { $max } characters.
cms-ahead = That is more than a day ahead. See to the clock of the CMS.
cms-other-id = This is another id than the one in the address.
cms-id-unsigned = The signature is about the body alone. Write the article’s id into the body, too (external_id).
cms-article-unknown = No article is known by that id. Send its address (url) too, or tell of the article first.

history-by-cms = The paper’s CMS
history-article_told = told of an article: { $what }
history-told-published = published
history-told-unpublished = taken off the site
history-told-deleted = deleted
history-told-title = its title is “{ $to }”
history-told-section = its section is “{ $to }”
history-told-url = its address is { $to }
history-site_secret = changed the secret of the CMS; the one before counts until { $when }

article-unpublished = Taken off the newspaper’s site; its comments are hidden
article-deleted = Deleted from the newspaper’s site; its comments are kept and hidden

settings-cms = Content management system (CMS)
settings-cms-lead = The CMS tells of articles that are published, changed, taken off and deleted here:
settings-cms-format-label = Which CMS sends
settings-cms-format-hint = It decides how signatures are checked and messages are read. What is empty below is as is usual with that CMS.
settings-cms-format-standard = WordPress (by Duyệt’s plugin), or Standard Webhooks
settings-cms-format-ghost = Ghost
settings-cms-format-strapi = Strapi
settings-cms-format-directus = Directus
settings-cms-format-contentful = Contentful
settings-cms-format-sanity = Sanity
settings-cms-format-drupal = Drupal
settings-cms-format-hmac-hex = Another: HMAC-SHA256 in hexadecimal
settings-cms-format-hmac-base64 = Another: HMAC-SHA256 in base64
settings-cms-url-label = How an article’s address is made
settings-cms-url-hint = Such as { $example }. Only needed where the CMS does not send whole addresses.
settings-cms-url-wrong = “{ $url }” is not a pattern such as { $example }.
settings-cms-fields-label = Where things stand in its messages
settings-cms-fields-hint = One a line, such as section = entry.category.name. There are: external_id, url, title, section, author, tags, published_at, updated_at, version, comments, status, type.
settings-cms-field-wrong = There is no field “{ $name }”; there are: { $known }.
settings-cms-place-wrong = “{ $place }” is no place such as entry.title.
settings-cms-only-label = Which messages are taken
settings-cms-only-hint = A condition a line, such as model = article. All, where nothing is said.
settings-cms-header-label = The header with the signature or the secret
settings-cms-header-hint = For Strapi, Directus (x-duyet-secret unless said) and both kinds of “Another” (x-signature).
settings-cms-header-wrong = “{ $header }” cannot be the name of that header.
settings-cms-prefix-label = What stands before the signature
settings-cms-prefix-hint = Such as sha256=. Empty where there is nothing.
settings-cms-prefix-wrong = At most 40 visible ASCII characters.
settings-cms-time-label = The header with the time of signing
settings-cms-time-hint = Only for both kinds of “Another”: seconds since 1970, signed before the body with a point between. Good to have, so that nobody can send old messages again.

settings-secret = The secret of the CMS
settings-secret-lead = The CMS proves itself by it. Where it is changed, the old one counts for another 24 hours, so that you can give the CMS the new one in peace; one before that ends at once.
settings-secret-former = The old secret counts until { $when }.
settings-secret-own-label = A secret that the CMS has made
settings-secret-own-hint = Empty to have a new one made here. Contentful makes secrets of 64 characters: paste them here.
settings-secret-wrong = A secret has { $min } to { $max } ASCII characters without spaces.
settings-secret-at-once = The old secret ends at once (where somebody else has learnt it)
settings-secret-renew = Change the secret
settings-secret-renewed = The secret was changed.
settings-secret-second = If you change the secret now, that old one ends at once.
settings-secret-changed = The secret was changed before, so this form has changed nothing. If you have not copied the new one, change it once more.
settings-secret-gone = The new secret is no longer shown here. If you have not copied it, change it once more.
settings-secret-shown = The new secret, shown here for ten minutes and then no more. Copy it now:
settings-secret-admins = Only admins change the secret.
