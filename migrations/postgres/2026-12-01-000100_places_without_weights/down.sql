DELETE FROM learn_snapshots WHERE NOT has_weights;
ALTER TABLE learn_snapshots DROP COLUMN has_weights;
