CREATE TABLE `account_paces` (
	`account_id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`last_sent_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `workers` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	`revoked_by` text,
	`last_seen_at` integer,
	`version` text,
	`host` text,
	`skew_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `workers_token_hash_unique` ON `workers` (`token_hash`);--> statement-breakpoint
CREATE INDEX `workers_institution` ON `workers` (`institution_id`);--> statement-breakpoint
ALTER TABLE `attempts` ADD `worker_id` text;--> statement-breakpoint
ALTER TABLE `attempts` ADD `claim_key` text;--> statement-breakpoint
CREATE INDEX `publications_line` ON `publications` (`account_id`,`state`,`due_at`);