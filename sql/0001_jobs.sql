-- The durable queue of jobs, used by all modules through Sources/Jobs.

CREATE SCHEMA jobs;
COMMENT ON SCHEMA jobs IS 'Work that is done outside requests, at least once, after the change that causes it';

CREATE TYPE jobs.state AS ENUM ('available', 'running', 'completed', 'discarded');
COMMENT ON TYPE jobs.state IS 'available: waits for its time; running: taken under a lease; '
  'completed: done; discarded: given up, kept for a person to look at';

CREATE TABLE jobs.jobs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  key text,
  payload jsonb NOT NULL DEFAULT '{}',
  priority smallint NOT NULL DEFAULT 1,
  state jobs.state NOT NULL DEFAULT 'available',
  run_at timestamptz NOT NULL DEFAULT now(),
  attempts int NOT NULL DEFAULT 0,
  max_attempts int NOT NULL DEFAULT 20 CHECK (max_attempts > 0),
  erase_when_done boolean NOT NULL DEFAULT false,
  last_error text,
  locked_by text,
  locked_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  CHECK ((state = 'running') = (locked_until IS NOT NULL)),
  CHECK ((state IN ('completed', 'discarded')) = (finished_at IS NOT NULL))
)
-- Rows change state in place; room on the page keeps those updates cheap.
WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

COMMENT ON COLUMN jobs.jobs.kind IS 'Names the handler, as in mailer.send';
COMMENT ON COLUMN jobs.jobs.key IS 'At most one unfinished job has it; null: no such bound';
COMMENT ON COLUMN jobs.jobs.payload IS 'What the handler needs';
COMMENT ON COLUMN jobs.jobs.priority IS '0 is taken first, whatever waits behind it';
COMMENT ON COLUMN jobs.jobs.run_at IS 'Not taken before';
COMMENT ON COLUMN jobs.jobs.attempts IS 'How often it was taken; with the id it names one holder of the lease';
COMMENT ON COLUMN jobs.jobs.max_attempts IS 'After so many failures it is discarded';
COMMENT ON COLUMN jobs.jobs.erase_when_done IS 'The payload is secret: the row goes at completion, the payload at discard';
COMMENT ON COLUMN jobs.jobs.last_error IS 'Why the last attempt failed';
COMMENT ON COLUMN jobs.jobs.locked_by IS 'Who runs it or ran it last: host, process';
COMMENT ON COLUMN jobs.jobs.locked_until IS 'When the lease ends: then its holder has crashed, and another may take it';
COMMENT ON COLUMN jobs.jobs.finished_at IS 'When it was completed or discarded; swept some days later';

-- The order in which jobs are taken.
CREATE INDEX jobs_available ON jobs.jobs (priority, run_at, id) WHERE state = 'available';
CREATE INDEX jobs_running ON jobs.jobs (locked_until) WHERE state = 'running';
CREATE INDEX jobs_completed ON jobs.jobs (finished_at) WHERE state = 'completed';
CREATE INDEX jobs_discarded ON jobs.jobs (finished_at) WHERE state = 'discarded';
CREATE UNIQUE INDEX jobs_key ON jobs.jobs (key) WHERE state IN ('available', 'running');
