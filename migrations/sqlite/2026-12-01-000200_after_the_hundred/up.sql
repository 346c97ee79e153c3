-- Whether the model called it bad when it was asked again, once a whole hundred of lessons with this one was learnt; nothing where it was not yet.
ALTER TABLE lessons ADD COLUMN bad_after INTEGER;
