# The history: who did what, when and from where

place-history = History

history-title = History
history-lead = Every decision, ban, rule change and sign-in, the newest first. Nobody can change it here. Network addresses and failed attempts are kept for 180 days, the rest for good.
history-narrow = Narrow the history
history-kind = What was done
history-any-kind = (anything)
history-kind-decisions = Decisions on comments
history-kind-bans = Bans
history-kind-words = Words and rules
history-kind-articles = Articles
history-kind-members = Members and sign-ins
history-kind-settings = Settings
history-who = Who
history-anybody = (everybody)
history-who-rule = Rules
history-who-reader = Readers
history-who-client = Programs that speak Akismet
history-who-cms = The paper’s CMS
history-who-operator = Operators
history-who-stranger = Not signed in: reported comments, tried to come in
history-members = Members
history-from = From
history-to = Up to and including
history-comment = A comment’s ID or address
history-show = Show
history-site-hint = What happened to members’ accounts belongs to no site, so it is left out where a site is chosen.
history-export = Download CSV
history-export-hint = For Excel and its like, with every row that fits what is chosen here. The download is recorded in the history, too.
history-none = There is nothing in the history yet
history-none-detail = Decisions and changes appear here as soon as somebody makes them.
history-none-fits = Nothing like that
history-none-narrowed = Nothing fits what is chosen. Ask for less.
history-further = Nothing fits in the part that was looked through
history-further-detail = The history goes on. Choose “Older” to look further.
history-first = Newest
history-next = Older
history-ago = { $wait } ago
history-together = { $count ->
    [one] { $count } comment
   *[other] { $count } comments together
}

history-by-operator = An operator
history-by-stranger = Somebody
history-by-reader = A reader
history-by-reader-named = The reader { $name }

history-whence = by { $what }
history-via-session = the dashboard
history-via-token = the API
history-via-sign_in = the sign-in page
history-via-link = the link in a mail
history-via-command_line = the command line

history-about-comment = A comment by { $name }
history-about-comment-gone = A comment that is gone
history-about-author = everything by this author
history-about-article = Article: { $title }
history-about-bans = See the bans
history-about-member = { $name }’s account
history-about-nobody = No such account

# What was done

history-other = { $kind }
history-settled-rejected = rejected a comment as it came
history-settled-spam = put a comment with the spam as it came
history-comment-approved = published a comment
history-comment-rejected = rejected a comment
history-comment-rejected-because = rejected a comment. The reason its reader is told: { $reason }
history-comment-spam = put a comment with the spam
history-comment-requeued = put a comment back into the queue
history-comment-withdrawn = withdrew the comment
history-comment-erased = erased a comment
history-comment-edited = edited the comment, which waits anew
history-comment-noted = left a note for colleagues
history-comment-undone = undid a decision: the comment is back at “{ $status }”
history-ban_added = banned the { $kind } “{ $pattern }” { $until }. Reason: { $reason }
history-ban_lifted = lifted the ban of the { $kind } “{ $pattern }”
history-ban-kind-email = email
history-ban-kind-name = name
history-ban-kind-address = network range
history-ban-for-good = for good
history-ban-until = until { $when }
history-site_word_added = added “{ $word }” to the site’s words
history-site_word_added-draft = added “{ $word }” to the site’s words as a draft
history-site_word_live = let “{ $word }” take effect
history-site_word_draft = made “{ $word }” a draft again
history-site_word_removed = removed “{ $word }” from the site’s words
history-article_changed = changed an article: { $what }
history-article-opened = open for comments
history-article-closed = closed for comments
history-article-closes = closes at { $when }
history-article-closes-never = no closing date any more
history-article-premoderated = every comment waits for a person
history-article-not-premoderated = not every comment need wait for a person
history-backtest_started = began to try drafts on the comments of { $days } days: { $words }
history-backtest_cancelled = stopped trying drafts: { $words }
history-rules_changed = put new rules into use: version { $to } in place of { $from }
history-rules_changed-named = put new rules into use: version { $to } in place of { $from }. Rules that changed: { $rules }
history-site_added = added the site “{ $name }”: { $origins }
history-site_origins = changed the site’s addresses: { $origins }
history-site_settings = changed the site’s settings: { $names }
history-model_mended = had the model learn what it had missed
history-model_remembered = { $lessons ->
    [0] had the decisions that were forgotten last teach the model again
    [one] had the { $lessons } decision that was forgotten last teach the model again
   *[other] had the { $lessons } decisions that were forgotten last teach the model again
}
history-model_reset = had the model begin anew: { $lessons ->
    [one] the { $lessons } decision that it had learnt is forgotten and teaches it nothing any more
   *[other] the { $lessons } decisions that it had learnt are forgotten and teach it nothing any more
}
history-model_rolled_back = took the model back to an earlier one: { $lessons ->
    [one] the { $lessons } decision that it learnt since is forgotten and teaches it nothing any more
   *[other] the { $lessons } decisions that it learnt since are forgotten and teach it nothing any more
}, { $left } are left
history-sign_in-done = signed in
history-sign_in-done-code = signed in with a code of their phone
history-sign_in-done-recovery_code = signed in with a recovery code
history-sign_in-failed = tried to sign in and could not
history-sign_in-failed-often = tried to sign in { $count } times and could not, the last time at { $when }
history-sign_in-code_failed = gave the right password and a wrong code
history-sign_in-code_failed-often = gave the right password and { $count } wrong codes, the last at { $when }
history-password-failed = gave a wrong password on the account page
history-password-failed-often = gave { $count } wrong passwords on the account page, the last at { $when }
history-session-signed_out = signed out
history-session-ended = signed out another place
history-session-others_ended = { $count ->
    [one] signed out { $count } other place
   *[other] signed out { $count } other places
}
history-password-changed = changed the password
history-password-asked = asked for a mail to set another password
history-password-reset = set a new password
history-second_step-on = turned the second step on
history-second_step-off = turned the second step off
history-second_step-codes = took new recovery codes
history-token-added = made a token for the API
history-token-removed = took a token for the API back
history-member-added = added a member: { $role }, { $where }
history-member-invited = invited a member: { $role }, { $where }
history-member-invited_again = sent the invitation again
history-member-joined = joined
history-member-renamed = changed the name from “{ $from }” to “{ $to }”
history-member-language = chose the language: { $language }
history-member-rights = changed the rights from { $from } to { $to }
history-member-rights-are = { $role }, { $where }
history-member-disabled = disabled the account
history-member-enabled = enabled the account
history-history-exported = downloaded the history
history-everywhere = all sites

# Heads of the columns of what is downloaded

history-column-time = Time (Vietnam)
history-column-utc = Time (UTC)
history-column-site = Site
history-column-by = By
history-column-who = Who
history-column-kind = Kind
history-column-what = What
history-column-comment = Comment ID
history-column-author = Comment by
history-column-article = Article
history-column-address = Article address
history-column-member = Account
history-column-batch = Batch
history-column-together = Together
history-column-via = By way of
history-column-network = Network address
history-column-browser = Browser
history-column-times = Times
history-column-last = Last time (Vietnam)
