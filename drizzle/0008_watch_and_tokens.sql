CREATE TABLE `alarms` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text,
	`signal` text NOT NULL,
	`subject_id` text DEFAULT '' NOT NULL,
	`values` text NOT NULL,
	`began_at` integer NOT NULL,
	`ended_at` integer,
	`worst` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alarms_open` ON `alarms` (`signal`,`subject_id`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `alarms_began` ON `alarms` (`began_at`);--> statement-breakpoint
CREATE TABLE `muted_kinds` (
	`user_id` text NOT NULL,
	`institution_id` text NOT NULL,
	`kind` text NOT NULL,
	PRIMARY KEY(`user_id`, `institution_id`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `notice_settings` (
	`institution_id` text PRIMARY KEY NOT NULL,
	`quiet_from` text,
	`quiet_until` text,
	`before_minutes` text NOT NULL,
	`escalate_after_minutes` integer NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`severity` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_id` text NOT NULL,
	`message_key` text NOT NULL,
	`message_values` text NOT NULL,
	`merge_key` text NOT NULL,
	`times` integer DEFAULT 1 NOT NULL,
	`muted` integer DEFAULT false NOT NULL,
	`first_at` integer NOT NULL,
	`at` integer NOT NULL,
	`read_at` integer,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_episode` ON `notices` (`institution_id`,`user_id`,`merge_key`);--> statement-breakpoint
CREATE INDEX `notices_person` ON `notices` (`institution_id`,`user_id`,`at`);--> statement-breakpoint
CREATE INDEX `notices_unread` ON `notices` (`institution_id`,`user_id`) WHERE read_at is null;--> statement-breakpoint
CREATE INDEX `notices_subject` ON `notices` (`subject_id`) WHERE settled_at is null;--> statement-breakpoint
CREATE TABLE `robot_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`robot_id` text NOT NULL,
	`message_id` text NOT NULL,
	`merge_key` text NOT NULL,
	`kind` text NOT NULL,
	`severity` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_id` text NOT NULL,
	`message_key` text NOT NULL,
	`message_values` text NOT NULL,
	`at` integer NOT NULL,
	`withdrawn_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `robot_lines_episode` ON `robot_lines` (`robot_id`,`merge_key`);--> statement-breakpoint
CREATE INDEX `robot_lines_message` ON `robot_lines` (`message_id`);--> statement-breakpoint
CREATE INDEX `robot_lines_subject` ON `robot_lines` (`subject_id`) WHERE withdrawn_at is null;--> statement-breakpoint
CREATE TABLE `robot_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`robot_id` text NOT NULL,
	`group_key` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`send_at` integer NOT NULL,
	`sent_at` integer,
	`answer_code` text,
	`answer_message` text
);
--> statement-breakpoint
CREATE INDEX `robot_messages_due` ON `robot_messages` (`send_at`) WHERE state in ('waiting', 'sending');--> statement-breakpoint
CREATE INDEX `robot_messages_robot` ON `robot_messages` (`robot_id`,`created_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `robot_messages_gathering` ON `robot_messages` (`robot_id`,`group_key`) WHERE state = 'waiting';--> statement-breakpoint
CREATE TABLE `robots` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`secret` text,
	`host` text NOT NULL,
	`language` text DEFAULT 'zh' NOT NULL,
	`kinds` text NOT NULL,
	`paused_at` integer,
	`recent` text DEFAULT '[]' NOT NULL,
	`blocked_until` integer,
	`last_at` integer,
	`last_ok` integer,
	`last_code` text,
	`last_message` text,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `robots_institution` ON `robots` (`institution_id`);--> statement-breakpoint
CREATE TABLE `hand_off_takeovers` (
	`publication_id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	`taken_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `reminders` (
	`publication_id` text NOT NULL,
	`institution_id` text NOT NULL,
	`step` text NOT NULL,
	`due_at` integer NOT NULL,
	`at` integer NOT NULL,
	`told` integer NOT NULL,
	PRIMARY KEY(`publication_id`, `step`, `due_at`)
);
--> statement-breakpoint
ALTER TABLE `accounts` ADD `scopes` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `connected_at` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `refreshed_at` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `next_refresh_at` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `refresh_error` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `refresh_failures` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `renewals` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `accounts` ADD `paused_at` integer;--> statement-breakpoint
ALTER TABLE `accounts` ADD `paused_key` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `paused_values` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `resumed_at` integer;--> statement-breakpoint
ALTER TABLE `proofs` ADD `link_account_id` text;--> statement-breakpoint
ALTER TABLE `proofs` ADD `standing` text DEFAULT 'unchecked' NOT NULL;--> statement-breakpoint
ALTER TABLE `proofs` ADD `doubts` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `proofs` ADD `checked_at` integer;