# The model that learns from moderators' decisions.
learn-like-rejected = Like comments that were rejected: { $share }
learn-like-spam = Like comments put with the spam: { $share }
learn-likened-by = the words that weighed most, by the model that learns from your newspaper's decisions
learn-likened-by-shipped = the words that weighed most, by the model that comes with the program; it has learnt from no decision of your newspaper yet

# The model on the page of numbers.
model-title = The model that learns from your decisions
model-choose = Each newspaper has a model of its own. Choose a newspaper above to see its model.
model-none = The model has learnt no decision of this newspaper yet. Each time somebody approves, rejects or marks as spam it learns; the figures are here some seconds later.
model-learns-again = The program was upgraded and has another model. That is learning all decisions of this newspaper again and decides nothing yet; the figures are back in some minutes.
model-about = { $name }: the model guesses first and is told the decision afterwards; all figures below are of those guesses. Of { $all } decisions the latest { $looked } are looked at.
model-few = The model has learnt { $all } decisions. How often it is right is told here from 100 decisions on.

model-setting-title = What the present setting holds
model-setting-about = The model moves suspect comments to a graver lane. This is the model’s part alone, without the rules.
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

# What the model decides by itself.
model-alone-title = If the model decided by itself
model-alone-about = Only what people decided counts. A sample counts as the comments that it stands for; what the model had decided on before a person changed it does not count. It is turned on and off under Settings.
model-alone-fine = { $texts }: of { $of } comments that the model would have published by itself (probability of bad under { $cut }) you refused { $wrong } ({ $share }); measured on { $looked } decisions.
model-alone-bad = { $texts }: of { $of } comments that the model would have refused by itself (probability of bad from { $cut } on) you approved { $wrong } ({ $share }); measured on { $looked } decisions.
model-alone-fine-few = { $texts }: the model would publish by itself what it gives a probability of bad under { $cut }. You have decided on { $looked } such comments; at least { $fewest } are needed to know how often it is wrong, so it may not decide by itself yet.
model-alone-bad-few = { $texts }: the model would refuse by itself what it gives a probability of bad from { $cut } on. You have decided on { $looked } such comments; at least { $fewest } are needed to know how often it is wrong, so it may not decide by itself yet.
model-alone-wrong = That is more than the { $most } that are allowed, so the model may not decide by itself.
model-by = The model
model-stopped-fine = { $name }: the model has stopped publishing comments by itself.
model-stopped-bad = { $name }: the model has stopped refusing comments by itself.
model-stopped-why = By the latest decisions it is wrong more often than allowed, or too few decisions are left to measure it. Comments wait for people again.
model-stopped-see = See the figures
numbers-decided-model = The model
history-who-model = The model
history-settled-approved = published a comment by itself as it came
queue-sample-approve = A sample, to measure the model: it would have published this by itself. Decide as you would on any other.
queue-sample-reject = A sample, to measure the model: it would have rejected this by itself. Decide as you would on any other.
queue-sample-spam = A sample, to measure the model: it would have put this with the spam by itself. Decide as you would on any other.

model-hundreds-title = How often it was right, by the hundred decisions
model-hundreds-about = It says bad where the probability is a half or more. The second line is how often it would be right if it always said fine: the model is of use only where it is right more often than that. The third is how often it is right when asked about the same comments again, as soon as it has learnt all hundred: where that is low, comments that are alike were decided differently. A dash means that it was not asked again yet.
model-hundreds-detail = In the first hundred shown it was right about { $first }, in the latest about { $last }.
model-hundreds-until = Up to decision
model-hundreds-right = Right before
model-hundreds-after = Right after it learnt them
model-hundreds-fine = Right if it always said fine
model-drift-none = Of the latest { $recent } decisions it was right about { $now }, of the { $before } before about { $then }: no more than chance.
model-drift-better = Of the latest { $recent } decisions it was right about { $now }, of the { $before } before about { $then }: it has become better.
model-drift-worse = Of the latest { $recent } decisions it was right about { $now } only, of the { $before } before about { $then }: more than chance explains. What readers write or how you decide has changed. The model learns on; if it does not recover, an operator can go back to an earlier one with duyet learn rollback.
model-drift-bad = Of the comments { $now } were bad lately, { $then } before.

model-calibration-harm = Can the probability of harm be trusted
model-calibration-spam = Can the probability of spam be trusted
model-calibration-about = Of the comments that were given a probability of harm, how many were indeed rejected; of spam, how many were put with the spam. It can be trusted where the bar is as long as the line says.
model-calibration-detail = Where the model said { $said }, { $share } were bad indeed ({ $count } comments).
model-calibration-mark = Line: the probability that the model gave
model-calibration-said = The model said
model-calibration-bad = Bad indeed

model-wrong-title = What it was most wrong about
model-wrong-about = Was it the model’s mistake, or a slip of the hand? Open a comment to look at it again; where you decide anew, the model learns anew.
model-wrong-comment = Comment
model-wrong-decided = A person
model-wrong-said = Probability of bad

settings-model-lead = The model learns from your decisions and moves suspect comments to a graver lane. It publishes nothing and rejects nothing by itself, unless an admin turns that on below. The more false alarms it may make, the more bad comments it finds.
settings-model-look-label = At the most so many percent of fine comments are moved to “{ $lane }”
settings-model-look-hint = From 0 to 10, with one decimal at the most. With 0 it moves none. Where to cut is measured continuously on your own decisions, apart for comments written without marks.
settings-model-bad-label = At the most so many percent of fine comments are moved to “{ $lane }”
settings-model-bad-hint = No more than the number above.
settings-model-now = The setting in force, measured on the decisions so far:
settings-model-numbers = See how right the model is
settings-model-alarms = A percentage from 0 to 10 is needed, with one decimal at the most, such as 1.5.
settings-model-order = This must not be more than the percentage above: the graver lane must be wrong less often.
settings-model-alone = Let the model decide by itself
settings-model-alone-lead = Turned on, the model publishes or refuses by itself what it is surest about. It publishes nothing in which a rule has seen anything. What is urgent or reported, under an article whose comments all wait, where an external checker is asked, and what a CMS or Akismet brings still waits for people. Whatever it decides is in the history and can be undone; it does not learn from itself. Where it is wrong about more than 1%, it stops.
settings-model-approves = The model publishes comments of the lane “Likely fine” by itself
settings-model-settles = The model rejects comments of the lane “Likely bad” by itself, or puts them with the spam
settings-model-on = on
settings-model-off = off
settings-model-shown-label = Of so many such comments one still waits for a person
settings-model-shown-hint = From 2 to 100. What people decide on these samples tells whether the model is still right: the smaller the number, the sooner you know.
settings-model-shown-wrong = A whole number from { $min } to { $max } is needed.
settings-model-admins = Only admins change what the model decides by itself.
settings-model-admins-only = Only admins turn this on or off.
settings-model-learns-again = It cannot be turned on yet: the program was upgraded, and the model is learning all decisions again. Try again in some minutes.
settings-model-too-few = It cannot be turned on yet: at least { $fewest } decisions of people on such comments are needed to know how often the model is wrong.
settings-model-too-wrong = It cannot be turned on: on the decisions so far the model is wrong about more than 1%.
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
