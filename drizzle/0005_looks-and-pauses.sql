CREATE TABLE `publication_looks` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`publication_id` text NOT NULL,
	`kind` text NOT NULL,
	`result` text NOT NULL,
	`detail` text DEFAULT '' NOT NULL,
	`candidates` text DEFAULT '[]' NOT NULL,
	`first_at` integer NOT NULL,
	`at` integer NOT NULL,
	`times` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `publication_looks_publication` ON `publication_looks` (`publication_id`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `paused_until` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `pause_reason_key` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `pause_reason_values` text;--> statement-breakpoint
ALTER TABLE `publications` ADD `attempts_forgiven` integer DEFAULT 0 NOT NULL;