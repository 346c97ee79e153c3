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

# The page of bans

place-authors = Authors
place-bans = Bans
site-choice = Site
site-show = Show
site-told = { $site }: { $told }

bans-title = Bans
bans-lead = What a banned person sends is taken in like anything else, and goes straight to the rejected. They are not told that they are banned.
bans-new = Ban somebody
bans-list = The bans
bans-none = There are no bans yet.
bans-none-detail = Where somebody goes on sending rubbish, ban them by email, name or range of network addresses.
bans-next = Next page
bans-first = Back to the start
ban-editors = Only editors of the whole site ban and lift.
ban-kind = Ban by
ban-kind-email = Email
ban-kind-name = Name
ban-kind-address = Range of network addresses
ban-pattern = Whom
ban-pattern-hint = Email: all spellings of one mailbox. Name: the whole name, or with * for whatever stands there, like *cá độ*; marks and capitals make no difference. Address: like 203.0.113.0/24.
ban-reason = Reason (for colleagues only)
ban-term = For how long
ban-term-day = 1 day
ban-term-week = 7 days
ban-term-month = 30 days
ban-term-year = 1 year
ban-term-always = For good
ban-make = Ban
ban-make-at = Ban on { $site }
ban-silent = What waits already is left alone, unless you choose to reject it in the next step.
ban-wrong = Nobody was banned. Correct what is marked.
ban-made = Banned by { $name }, { $when }
ban-for-good = For good
ban-until = Until { $when }
ban-over = Over since { $when }
ban-lifted = Lifted by { $name }, { $when }
ban-in-force = In force
ban-not-in-force = No longer in force
ban-caught =
    { $count ->
        [one] Settled one comment
       *[other] Settled { $count } comments
    }
ban-caught-last = The last: { $when }
ban-lift = Lift
ban-lift-one = Lift the ban “{ $pattern }”
ban-notice-made =
    { $count ->
        [0] Banned.
        [one] Banned. One of their comments waits still.
       *[other] Banned. { $count } of their comments wait still.
    }
ban-notice-lifted = The ban is lifted. What it has settled stays among the rejected.
ban-notice-rejected =
    { $left ->
        [0] Rejected what waited: { $count }.
       *[other] Rejected { $count } of what waited; { $left } wait still.
    }
ban-notice-nothing = Nothing of theirs waits any more.
ban-reject-waiting =
    { $count ->
        [one] Reject the one that waits, too
       *[other] Reject the { $count } that wait, too
    }

# The page of an author

authors-title = Authors
author-email = Email
author-find = Find
author-hint = All spellings of one mailbox count as one.
author-unverified = The email is what somebody typed; nobody verified it. The same email does not prove the same person: anybody may type another's.
author-none = Nothing was sent with this email on this site.
author-counts = Comments
author-cut = Only the latest 10,000 are counted.
author-first = First: { $when }
author-last = Last: { $when }
author-names = Names used
author-name-count =
    { $count ->
        [one] once
       *[other] { $count } times
    }
author-bans = Bans
author-bans-none = There are no bans.
author-ban = Ban this email
author-comments = Comments, newest first
brief-open = Open in the queue
brief-undone-because = { $line }; undone since
brief-undone = { $name } { $done } at { $when }; undone since
