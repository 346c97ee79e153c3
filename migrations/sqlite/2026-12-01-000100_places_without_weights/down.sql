DELETE FROM learn_snapshots WHERE has_weights = 0;
ALTER TABLE learn_snapshots DROP COLUMN has_weights;
