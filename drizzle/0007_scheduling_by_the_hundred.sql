CREATE TABLE `posting_slots` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`account_id` text NOT NULL,
	`name` text NOT NULL,
	`weekdays` text NOT NULL,
	`time` text NOT NULL,
	`starts_on` text NOT NULL,
	`ends_on` text,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `posting_slots_account` ON `posting_slots` (`institution_id`,`account_id`);--> statement-breakpoint
CREATE TABLE `schedule_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`key` text NOT NULL,
	`rows_sha256` text NOT NULL,
	`moves` text DEFAULT '[]' NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`undone_by` text,
	`undone_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `schedule_batches_key` ON `schedule_batches` (`institution_id`,`key`);--> statement-breakpoint
CREATE INDEX `schedule_batches_recent` ON `schedule_batches` (`institution_id`,`created_at`);--> statement-breakpoint
ALTER TABLE `institutions` ADD `duplicate_days` integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE `publications` ADD `batch_id` text;--> statement-breakpoint
CREATE INDEX `publications_account` ON `publications` (`account_id`,`due_at`);--> statement-breakpoint
CREATE INDEX `publications_batch` ON `publications` (`batch_id`) WHERE batch_id is not null;