# The page of rules: packs, a site's own words, drafts tried on old comments

place-rules = Rules
rules-title = Rules
rules-lead = Rules point out what deserves a look; people decide what is published. Each rule has examples that it must see and must pass over.
rules-tabs = Rules and the site's words
rules-packs = Rule packs
rules-own = The site's own words
rules-find = Search
rules-find-hint = Name, id, word or example; marks are optional.
rules-pack = Pack
rules-category = Kind
rules-any = All
rules-show = Show
rules-count = Rules: { $count }
rules-open-pack = The whole pack with its examples
rules-none = No rule fits.
rules-none-detail = Ask for less, or search by another word.
rule-weight = weight { $weight }
rule-reads = Reads: { $parts }
rule-settles-reject = Rejects by itself (people can look again)
rule-settles-spam = Puts with the spam by itself (people can look again)
rule-settles-hold = Always leaves it to a person
rule-alone-likely_fine = Only adds to the score
rule-alone-look = Enough by itself for a look
rule-alone-likely_bad = Enough by itself for likely bad
rule-words = Words and phrases ({ $count })
rule-pattern = Pattern
rule-feature = Measures
rule-feature-from = { $name }, from { $number } on
rule-others = Rests on other rules
rule-toneless-never = Counts only with all its marks.
rule-toneless-neighbours = Counts without its marks too, where the neighbouring words say that it was meant.
rule-toneless-always = Counts without its marks too.
rule-company = Depends on the words beside it, too.
rule-view = Reads the text: { $view }
view-raw = as typed
view-toned = made canonical, with marks
view-toneless = without marks
view-hidden = with letters put together that were set apart or replaced
view-context = what is known around the comment
rule-hits = Must see ({ $count })
rule-misses = Must pass over ({ $count })
rule-more = What it looks for, and examples

# The page of one rule

rule-seen = Seen in { $number } comments of the last { $days } days.
rule-seen-more = Seen in more than { $number } comments of the last { $days } days.
rule-in-queue = Show in the queue
rule-deeds = Comments that this rule decided by itself
rule-deeds-lead = Within the last { $days } days, and touched by nobody since.
rule-deeds-days = How far back
rule-days = { $days } days
rule-deeds-none = No comments.
rule-deeds-none-detail = This rule decided none by itself in that time, or people have looked at them all since.
rule-undo = Put these comments back into the queue
rule-undo-hint = At most 500 at once. What a person has decided stays as it is.
rule-undone = { $count ->
    [one] { $count } comment is back in the queue.
   *[other] { $count } comments are back in the queue.
}
rule-undone-more = There are more: press again.
rule-undone-nothing = There is nothing to put back.
rule-editors = Only editors put many back at once.
rule-next = Next page
rule-first = Back to the first page
rule-back = Back to the rules
rule-bans = See the bans
rule-gone = This rule is no longer in the set in use.

# A site's own words

words-title = The site's own words
words-lead = A new word is a draft: it holds nothing. Try it on old comments first, then let it count.
words-add = Add a word
words-word = Word or phrase
words-word-hint = 100 characters at the most. Capitals, the place of marks and what parts syllables make no difference.
words-kind = What it does
word-kind-hold = Hold comments that have it
word-kind-allow = Allow: pass over what is seen inside it
words-category = Kind (where it holds)
words-weight = Weight (where it holds)
words-weight-hint = From 1: somebody should look. From 3: likely bad.
words-note = A note to colleagues
words-submit = Add the draft
words-wrong = Nothing was added yet. Correct what is marked.
words-added = The draft was added. Try it before you use it.
words-removed = The word was deleted.
words-made-live = The word counts for new comments now.
words-made-draft = The word is a draft again and counts no more.
words-gone = This word is no longer on the list: a colleague may have just removed it. Nothing was changed.
words-drafts = Drafts
words-live = In use
words-no-drafts = There is no draft.
words-no-live = No word is in use.
words-find = Find among the site’s own words
words-find-button = Find
words-none-found = No such word.
words-pages = Pages
words-first = Back to the start
words-next = Next page
words-made = added by { $name } { $when }
words-delete = Delete
words-delete-one = Delete “{ $word }”
words-use = Make live
words-use-one = Make live: “{ $word }”
words-rest = Back to draft
words-rest-one = Back to draft: “{ $word }”
words-untried = This draft was not tried yet.
words-tried = Tried on { $days } days: stands in { $seen } comments, would newly hold { $held }, of which people approved { $clean }.
words-tried-open = Show that back-test
words-editors = Only editors of the whole site add, try, use and delete words.

# Trying drafts

backtests-title = Try the drafts on old comments
backtests-days = Comments of
backtests-start = Start the back-test
backtests-hint = It runs in the background and slows down neither readers nor moderators.
backtests-latest = Latest back-tests
backtest-title = Back-test
backtest-line = started by { $name } { $when }, on the comments of { $days } days
backtest-words = Words on trial
backtest-state-waiting = About to begin
backtest-state-running = Under way
backtest-state-done = Done
backtest-state-cancelled = Stopped
backtest-state-failed = Failed
backtest-progress = Progress of the back-test
backtest-so-far = { $done } of { $total } comments tried.
backtest-counting = Counting comments…
backtest-reload = This page renews itself; where it does not, reload it.
backtest-again = Reload
backtest-cancel = Stop
backtest-cancelled = The back-test was stopped; this is what it had found by then.
backtest-failed = A fault of the service ended the back-test. Start it again; if it fails again, tell your administrator.
backtest-alone = By the text of each comment alone: floods, repeats and bans do not count here, so “before” may differ from where the comment stands.
backtest-result = If these words were used
backtest-tried = Comments tried
backtest-held = Newly held
backtest-clean = Approved by people among them
backtest-freed = No longer held
backtest-collisions = Collisions with common words
collision-toneless = “{ $word }” without tones is a common word: { $number } clean comments would be held.
collision-common = “{ $word }” is a common word: { $number } clean comments would be held.
collision-everyday = “{ $word }” is a common Vietnamese word: many clean comments would be held.
collision-forms = Written as: { $forms }
collision-advice = Try a longer phrase, or a lower weight. You may still make it live.
backtest-by-word = Word by word
backtest-word = Word
backtest-word-seen = Stands in
backtest-word-held = Newly held
backtest-word-clean = Approved
backtest-shifts = What changes, before and after
backtest-shift = { $before } → { $after }: { $number }
backtest-statuses = Today: { $list }
backtest-samples = Show { $count } of them
backtest-nothing-changes = No comment would stand elsewhere.
backtest-nothing-changes-detail = These words stand in none of those comments, or weigh too little to move any.
backtest-before = Before
backtest-after = After
backtest-edited = The comment was edited since, so no places are marked.
backtest-back = Back to the site's words
outcome-likely_fine = Likely fine
outcome-look = To look at
outcome-likely_bad = Likely bad
outcome-rejected = Rejected by itself
outcome-spam = Spam by itself

# Where something was filled in wrongly

backtest-days = Choose 7, 30 or 90 days.
backtest-running = Another back-test is not over yet. Wait for it, or stop it first.
backtest-nothing = There is no draft to try. Add a word first.
backtest-many = A back-test tries { $max } drafts at the most. Choose fewer.
days-range = The number of days must be from 1 to { $max }.
