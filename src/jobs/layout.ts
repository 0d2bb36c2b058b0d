/** The tables of the history and the outbox, beside those of pg-boss in its own schema. */
export const LAYOUT: readonly string[] = [
  'CREATE SCHEMA IF NOT EXISTS lifecycle',
  // One row a webhook, so that one that comes again does nothing.
  `CREATE TABLE IF NOT EXISTS lifecycle.delivery (
     id text PRIMARY KEY,
     event text NOT NULL,
     received timestamptz NOT NULL DEFAULT now()
   )`,
  // The newest head that was heard of: what a command is about.
  `CREATE TABLE IF NOT EXISTS lifecycle.pull (
     repo bigint NOT NULL,
     number int NOT NULL,
     head text NOT NULL,
     updated timestamptz NOT NULL,
     PRIMARY KEY (repo, number)
   )`,
  `CREATE TABLE IF NOT EXISTS lifecycle.review (
     id uuid PRIMARY KEY,
     repo bigint NOT NULL,
     owner text NOT NULL,
     name text NOT NULL,
     number int NOT NULL,
     head text NOT NULL,
     installation bigint NOT NULL,
     cause text NOT NULL,
     state text NOT NULL DEFAULT 'queued',
     verdict text,
     error text,
     result jsonb,
     job uuid,
     created timestamptz NOT NULL DEFAULT clock_timestamp(),
     finished timestamptz
   )`,
  'CREATE INDEX IF NOT EXISTS review_pull ON lifecycle.review (repo, number, created)',
  'CREATE INDEX IF NOT EXISTS review_head ON lifecycle.review (repo, head)',
  // What is said to GitHub: recorded before, confirmed after.
  `CREATE TABLE IF NOT EXISTS lifecycle.post (
     key text PRIMARY KEY,
     body jsonb NOT NULL,
     remote text,
     recorded timestamptz NOT NULL DEFAULT clock_timestamp(),
     confirmed timestamptz
   )`,
  // What a finding is called on its pull request, and why it was dismissed.
  `CREATE TABLE IF NOT EXISTS lifecycle.finding (
     repo bigint NOT NULL,
     number int NOT NULL,
     fingerprint text NOT NULL,
     label int NOT NULL,
     dismissed text,
     PRIMARY KEY (repo, number, fingerprint),
     UNIQUE (repo, number, label)
   )`,
];
