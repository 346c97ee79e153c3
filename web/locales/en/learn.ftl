# The model that learns from moderators' decisions.
learn-like-rejected = Like comments that were rejected: { $share }
learn-like-spam = Like comments put with the spam: { $share }
learn-likened-by = the words that weighed most, by the model that learns from your newspaper's decisions
learn-likened-by-shipped = the words that weighed most, by the model that comes with the program; it has learnt from no decision of your newspaper yet
