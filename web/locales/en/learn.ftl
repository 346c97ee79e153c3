# The model that learns from moderators' decisions.
learn-like-rejected = Like comments that were rejected: { $share }
learn-like-spam = Like comments put with the spam: { $share }
learn-likened-by = the words that weighed most, by the model that learns from your newspaper's decisions
