-- Whether the model called it bad once its whole hundred of lessons was learnt; nothing where it was not asked again.
ALTER TABLE lessons ADD COLUMN bad_after INTEGER;
