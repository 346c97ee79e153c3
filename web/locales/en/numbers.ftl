# Numbers

place-numbers = Numbers
numbers-title = Numbers
numbers-range = Range
numbers-days = Last { $count } days
numbers-site-all = All newspapers
numbers-show = Show
numbers-about = Comments that arrived from { $from } to the end of { $to } (Vietnam time), as they stand now. The numbers are some seconds behind.
numbers-partial = Older comments are still being counted, so the first days of this range are not complete. Please open the page again in some minutes.
numbers-none = No comments arrived in this range.
numbers-none-detail = Once comments arrive, their numbers are here some seconds later. Try a longer range.
numbers-scroll = { $name } (scroll sideways to see all of it)
numbers-table = Table: { $name }
numbers-day = Day
numbers-all = Whole range
numbers-comments = Comments
numbers-share = Share
numbers-no-value = –

numbers-status-title = Comments by day and status
numbers-status-detail = { $count ->
    [one] { $told } comment; most on { $day } with { $most }.
   *[other] { $told } comments; most on { $day } with { $most }.
}

numbers-wait-title = Time to decision
numbers-wait-about = From a comment’s arrival to the first decision that was not undone, where a person made it; by the day of arrival. Off by no more than 5%.
numbers-wait-detail = Median wait: { $median }; of 95% of the comments at the most: { $longest }.
numbers-wait-none = No comment of this range was decided by a person yet.
numbers-wait-count = Decided by people
numbers-wait-median = Median
numbers-wait-p95 = 95th percentile
numbers-in-minutes = { $count } min
numbers-in-hours = { $count } h
numbers-in-days = { $count } d

numbers-decided-title = Who decides
numbers-decided-about = By the decision that stands. Where a person changed what a rule or the model had settled, the person counts.
numbers-decided-detail = { $list }.
numbers-decided-part = { $by } { $share }
numbers-decided-people = People
numbers-decided-rules = Rules
numbers-decided-bans = Bans
numbers-decided-nobody = Still waiting
numbers-decided-reader = Taken back before a decision
numbers-decided-kind = By

numbers-rules-title = Rules that people overturn
numbers-rules-about = A rule is overturned where a person published what it had settled by itself or put it back into the queue (and nobody rejected it after all), or where a person published a comment of the lane “Likely bad” that the rule spoke against. Ordered by what the share is at the least (lower bound of Wilson’s 95% interval), so that a rule that was seen a few times does not come first.
numbers-rules-detail = Overturned most: { $rule }, { $share } of { $count }.
numbers-rules-none = People overturned no rule in this range.
numbers-rules-rule = Rule
numbers-rules-settled = Settled by itself
numbers-rules-overturned = overturned
numbers-rules-suspected = Suspected and looked at
numbers-rules-approved = published
numbers-rules-wrong = Share overturned
numbers-rules-at-least = At least
numbers-rules-bar = { $share } ({ $part } of { $of })
numbers-rules-mark = Line: what the share is at the least

numbers-busy-title = Busiest articles
numbers-busy-detail = Busiest: { $article }, { $count } comments.
numbers-busy-article = Article
