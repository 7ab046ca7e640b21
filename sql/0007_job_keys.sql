-- Keys that bound waiting jobs only: news that comes while a job runs makes another one.

ALTER TABLE jobs.jobs ADD COLUMN key_until_taken boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN jobs.jobs.key_until_taken IS 'The key goes when the job is taken, so what arrives during the run is '
  'not lost: it makes a job of its own';
