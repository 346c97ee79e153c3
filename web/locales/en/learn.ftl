# The model that learns from moderators' decisions.
learn-like-rejected = Like comments that were rejected: { $share }
learn-like-spam = Like comments put with the spam: { $share }
learn-likened-by = the words that weighed most, by the model that learns from your newspaper's decisions
learn-likened-by-shipped = the words that weighed most, by the model that comes with the program; it has learnt from no decision of your newspaper yet

# The model on the page of numbers.
model-title = The model that learns from your decisions
model-choose = Each newspaper has a model of its own. Choose a newspaper above to see its model.
model-none = The model has learnt no decision of this newspaper yet. Each time somebody approves, rejects or marks as spam it learns; the figures are here some seconds later.
model-about = { $name }: the model guesses first and is told the decision afterwards; all figures below are of those guesses. Of { $all } decisions the latest { $looked } are looked at.
model-few = The model has learnt { $all } decisions. How often it is right is told here from 100 decisions on.

model-setting-title = What the present setting holds
model-setting-about = The model only moves comments to a graver lane; it publishes nothing and rejects nothing by itself. This is the model’s part alone, without the rules.
model-setting = { $texts }: at this setting { $bad } of the comments that you approved would have been held as “{ $likely_bad }” ({ $bad_count } of { $all }), and { $look } as “{ $needs_look }” or graver ({ $look_count }).
model-setting-found = Of { $count } comments that were rejected or put with the spam it would have pointed at { $found }.
model-setting-few = { $texts }: the model moves nothing yet. At least { $fewest } approved comments are needed to measure false alarms; there are { $count }.
model-writing = Written
model-writing-toned = With marks
model-writing-toneless = Without marks
model-approved = Approved
model-refused = Rejected or spam
model-of-them-look = pointed at
model-of-them-bad = likely bad
model-cut-harm = Cut-offs, harm
model-cut-spam = Cut-offs, spam

model-hundreds-title = How often it was right, by the hundred decisions
model-hundreds-about = It says bad where the probability is a half or more. The second line is how often it would be right if it always said fine: the model is of use only where it is right more often than that.
model-hundreds-detail = In the first hundred shown it was right about { $first }, in the latest about { $last }.
model-hundreds-until = Up to decision
model-hundreds-right = Right
model-hundreds-fine = Right if it always said fine
model-drift-none = Of the latest { $recent } decisions it was right about { $now }, of the { $before } before about { $then }: no more than chance.
model-drift-better = Of the latest { $recent } decisions it was right about { $now }, of the { $before } before about { $then }: it has become better.
model-drift-worse = Of the latest { $recent } decisions it was right about { $now } only, of the { $before } before about { $then }: more than chance explains. What readers write or how you decide has changed. The model learns on; if it does not recover, an operator can go back to an earlier one with duyet learn rollback.
model-drift-bad = Of the comments { $now } were bad lately, { $then } before.

model-calibration-harm = Can the probability of harm be trusted
model-calibration-spam = Can the probability of spam be trusted
model-calibration-about = Of the comments that were given a probability, how many were indeed rejected or put with the spam. It can be trusted where the bar is as long as the line says.
model-calibration-detail = Where the model said { $said }, { $share } were bad indeed ({ $count } comments).
model-calibration-mark = Line: the probability that the model gave
model-calibration-said = The model said
model-calibration-bad = Bad indeed

model-wrong-title = What it was most wrong about
model-wrong-about = Was it the model’s mistake, or a slip of the hand? Open a comment to look at it again; where you decide anew, the model learns anew.
model-wrong-comment = Comment
model-wrong-decided = A person
model-wrong-said = Probability of bad

settings-model-lead = The model learns from your decisions and moves suspect comments to a graver lane; it publishes nothing and rejects nothing by itself. The more false alarms it may make, the more bad comments it finds.
settings-model-look-label = At the most so many percent of fine comments are moved to “{ $lane }”
settings-model-look-hint = From 0 to 10, with one decimal at the most. With 0 it moves none. Where to cut is measured continuously on your own decisions, apart for comments written without marks.
settings-model-bad-label = At the most so many percent of fine comments are moved to “{ $lane }”
settings-model-bad-hint = No more than the number above.
settings-model-now = The setting in force, measured on the decisions so far:
settings-model-numbers = See how right the model is
settings-model-alarms = A percentage from 0 to 10 is needed, with one decimal at the most, such as 1.5.
settings-model-order = This must not be more than the percentage above: the graver lane must be wrong less often.
model-setting-change = Change how often it may be wrong
settings-model-choices = What each setting would hold and find in “Needs a look” or graver, on the decisions so far:
settings-model-allowed = False alarms allowed
settings-model-held = Fine comments moved
settings-model-found = Bad comments found

# The order of the queue.
queue-order = Order
queue-order-oldest = Longest wait first
queue-order-risk = Highest risk first
queue-order-risk-about = What the model holds most likely to be rejected stands first, by the model of when the comment came or was edited. What has just come stands last for about a second.
