CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`platform` text NOT NULL,
	`display_name` text NOT NULL,
	`handle` text DEFAULT '' NOT NULL,
	`owner_type` text NOT NULL,
	`department_id` text,
	`doctor_id` text,
	`certification_kind` text DEFAULT '' NOT NULL,
	`certification_status` text NOT NULL,
	`certification_expires_on` text,
	`publish_route` text NOT NULL,
	`operated_by` text NOT NULL,
	`followers` integer,
	`health` text DEFAULT 'healthy' NOT NULL,
	`health_note` text DEFAULT '' NOT NULL,
	`owner_user_id` text,
	`open_id` text,
	`access_token` text,
	`access_token_expires_at` integer,
	`refresh_token` text,
	`refresh_token_expires_at` integer,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `accounts_institution` ON `accounts` (`institution_id`,`platform`);--> statement-breakpoint
CREATE TABLE `oauth_states` (
	`state` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`account_id` text NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`institution_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`actor_name` text NOT NULL,
	`action` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_id` text NOT NULL,
	`detail` text NOT NULL,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_institution` ON `audit_entries` (`institution_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit_entries` (`subject_type`,`subject_id`);--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`job` text NOT NULL,
	`payload` text NOT NULL,
	`job_id` text NOT NULL,
	`run_at` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `compliance_decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`content_id` text NOT NULL,
	`run_id` text NOT NULL,
	`sha256` text NOT NULL,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`reviewer_id` text NOT NULL,
	`decided_at` integer NOT NULL,
	`voided_at` integer
);
--> statement-breakpoint
CREATE INDEX `compliance_decisions_content` ON `compliance_decisions` (`content_id`);--> statement-breakpoint
CREATE TABLE `compliance_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`content_id` text NOT NULL,
	`revision_id` text NOT NULL,
	`revision_number` integer NOT NULL,
	`sha256` text NOT NULL,
	`nature` text NOT NULL,
	`engine_version` text NOT NULL,
	`ran_by` text NOT NULL,
	`ran_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `compliance_runs_content` ON `compliance_runs` (`content_id`);--> statement-breakpoint
CREATE TABLE `findings` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`run_id` text NOT NULL,
	`content_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`detail` text NOT NULL,
	`severity` text NOT NULL,
	`waivable` integer NOT NULL,
	`position` integer NOT NULL,
	`waived_by` text,
	`waived_at` integer,
	`waiver_reason` text
);
--> statement-breakpoint
CREATE INDEX `findings_run` ON `findings` (`run_id`);--> statement-breakpoint
CREATE TABLE `content_items` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`topic_id` text,
	`title` text NOT NULL,
	`stage` text NOT NULL,
	`resume_stage` text,
	`stage_entered_at` integer NOT NULL,
	`stage_reason` text DEFAULT '' NOT NULL,
	`nature` text DEFAULT 'science' NOT NULL,
	`format` text DEFAULT '口播' NOT NULL,
	`doctor_id` text,
	`department_id` text,
	`specialty_line_id` text,
	`owner_user_id` text,
	`producer_user_id` text,
	`platforms` text DEFAULT '[]' NOT NULL,
	`due_on` text,
	`position` real NOT NULL,
	`final_asset_id` text,
	`cover_asset_id` text,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `content_items_board` ON `content_items` (`institution_id`,`stage`,`position`);--> statement-breakpoint
CREATE TABLE `holds` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`reason` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`lifted_by` text,
	`lifted_at` integer
);
--> statement-breakpoint
CREATE INDEX `holds_subject` ON `holds` (`institution_id`,`kind`,`subject_id`);--> statement-breakpoint
CREATE TABLE `topics` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`title` text NOT NULL,
	`specialty_line_id` text,
	`department_id` text,
	`doctor_id` text,
	`format` text DEFAULT '' NOT NULL,
	`audience` text DEFAULT '' NOT NULL,
	`hook` text DEFAULT '' NOT NULL,
	`priority` integer DEFAULT 2 NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `topics_institution` ON `topics` (`institution_id`);--> statement-breakpoint
CREATE TABLE `credentials` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`doctor_id` text NOT NULL,
	`kind` text NOT NULL,
	`number` text DEFAULT '' NOT NULL,
	`issued_on` text,
	`expires_on` text,
	`gates_publishing` integer DEFAULT false NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `credentials_doctor` ON `credentials` (`doctor_id`);--> statement-breakpoint
CREATE TABLE `doctors` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`department_id` text NOT NULL,
	`name` text NOT NULL,
	`title` text DEFAULT '' NOT NULL,
	`scope` text DEFAULT '' NOT NULL,
	`primary_practice` text DEFAULT '' NOT NULL,
	`specialties` text DEFAULT '[]' NOT NULL,
	`internet_science_filed_on` text,
	`minutes_per_week` integer,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `doctors_institution` ON `doctors` (`institution_id`);--> statement-breakpoint
CREATE TABLE `login_throttles` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`last_at` integer NOT NULL,
	`blocked_until` integer
);
--> statement-breakpoint
CREATE TABLE `memberships` (
	`user_id` text NOT NULL,
	`institution_id` text NOT NULL,
	`role` text NOT NULL,
	`doctor_id` text,
	`disabled_at` integer,
	`revision` integer DEFAULT 1 NOT NULL,
	PRIMARY KEY(`user_id`, `institution_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `memberships_institution` ON `memberships` (`institution_id`);--> statement-breakpoint
CREATE TABLE `phone_links` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`user_id` text NOT NULL,
	`scope` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`user_id` text NOT NULL,
	`institution_id` text NOT NULL,
	`scope` text,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ip` text NOT NULL,
	`user_agent` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_hash_unique` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`display_name` text NOT NULL,
	`password_hash` text NOT NULL,
	`language` text DEFAULT 'zh' NOT NULL,
	`disabled_at` integer,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_unique` ON `users` (`username`);--> statement-breakpoint
CREATE TABLE `departments` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`name` text NOT NULL,
	`aliases` text DEFAULT '[]' NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `departments_name` ON `departments` (`institution_id`,`name`);--> statement-breakpoint
CREATE TABLE `institutions` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`short_name` text NOT NULL,
	`tier` text DEFAULT '' NOT NULL,
	`ownership` text DEFAULT '' NOT NULL,
	`level` text DEFAULT '' NOT NULL,
	`kind` text DEFAULT '' NOT NULL,
	`license_number` text DEFAULT '' NOT NULL,
	`license_expires_on` text,
	`city` text DEFAULT '' NOT NULL,
	`time_zone` text DEFAULT 'Asia/Shanghai' NOT NULL,
	`goal` text DEFAULT '' NOT NULL,
	`data_key` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE TABLE `specialty_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`department_id` text,
	`name` text NOT NULL,
	`lead_doctor_id` text,
	`started_on` text,
	`monthly_budget_fen` integer,
	`target_visits_per_month` integer,
	`break_even_by` text,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `specialty_lines_name` ON `specialty_lines` (`institution_id`,`name`);--> statement-breakpoint
CREATE TABLE `lead_events` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`lead_id` text NOT NULL,
	`kind` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `lead_events_institution` ON `lead_events` (`institution_id`,`at`);--> statement-breakpoint
CREATE TABLE `leads` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`touch_token` text,
	`publication_id` text,
	`account_id` text,
	`department_id` text,
	`name` text,
	`phone` text,
	`phone_index` text,
	`wish` text DEFAULT '' NOT NULL,
	`consent_purpose` text NOT NULL,
	`consent_version` text NOT NULL,
	`consent_at` integer NOT NULL,
	`status` text NOT NULL,
	`advisor_user_id` text,
	`created_at` integer NOT NULL,
	`erased_at` integer,
	`revision` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `leads_institution` ON `leads` (`institution_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `leads_phone` ON `leads` (`institution_id`,`phone_index`);--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`import_id` text NOT NULL,
	`order_number` text NOT NULL,
	`package_name` text NOT NULL,
	`lead_id` text,
	`account_id` text,
	`touch_token` text,
	`self_reported` text DEFAULT '' NOT NULL,
	`phone_index` text,
	`ordered_at` integer NOT NULL,
	`paid_at` integer,
	`amount_fen` integer NOT NULL,
	`paid_fen` integer NOT NULL,
	`refund_fen` integer DEFAULT 0 NOT NULL,
	`refunded_at` integer,
	`status` text NOT NULL,
	`quantity` integer DEFAULT 1 NOT NULL,
	`total_times` integer,
	`used_times` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `orders_number` ON `orders` (`institution_id`,`order_number`);--> statement-breakpoint
CREATE INDEX `orders_paid` ON `orders` (`institution_id`,`paid_at`);--> statement-breakpoint
CREATE TABLE `touch_tokens` (
	`token` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`publication_id` text,
	`account_id` text,
	`label` text NOT NULL,
	`allowed_by` text,
	`allowed_reason` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`disabled_at` integer
);
--> statement-breakpoint
CREATE INDEX `touch_tokens_publication` ON `touch_tokens` (`publication_id`);--> statement-breakpoint
CREATE TABLE `touches` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`token` text NOT NULL,
	`at` integer NOT NULL,
	`visitor_hash` text NOT NULL,
	`bot` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `touches_token` ON `touches` (`token`,`at`);--> statement-breakpoint
CREATE INDEX `touches_institution` ON `touches` (`institution_id`,`at`);--> statement-breakpoint
CREATE TABLE `visits` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`import_id` text NOT NULL,
	`lead_id` text,
	`visit_on` text NOT NULL,
	`department_id` text,
	`doctor_id` text,
	`phone_index` text,
	`name_index` text NOT NULL,
	`fee_fen` integer,
	`refund_fen` integer DEFAULT 0 NOT NULL,
	`pay_status` text NOT NULL,
	`source_note` text DEFAULT '' NOT NULL,
	`row_hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `visits_once` ON `visits` (`institution_id`,`row_hash`);--> statement-breakpoint
CREATE INDEX `visits_day` ON `visits` (`institution_id`,`visit_on`);--> statement-breakpoint
CREATE INDEX `visits_phone` ON `visits` (`institution_id`,`phone_index`);--> statement-breakpoint
CREATE TABLE `assets` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`content_id` text,
	`publication_id` text,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`mime_type` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`sha256` text,
	`state` text NOT NULL,
	`refused_for` text,
	`width` integer,
	`height` integer,
	`duration_ms` integer,
	`frame_rate` real,
	`video_codec` text,
	`audio_codec` text,
	`uploaded_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`ready_at` integer,
	`discarded_at` integer
);
--> statement-breakpoint
CREATE INDEX `assets_content` ON `assets` (`content_id`);--> statement-breakpoint
CREATE TABLE `costs` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`month` text NOT NULL,
	`specialty_line_id` text,
	`account_id` text,
	`kind` text NOT NULL,
	`amount_fen` integer NOT NULL,
	`row_hash` text NOT NULL,
	`import_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `costs_once` ON `costs` (`institution_id`,`row_hash`);--> statement-breakpoint
CREATE TABLE `import_rows` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`import_id` text NOT NULL,
	`row_number` integer NOT NULL,
	`fate` text NOT NULL,
	`label` text NOT NULL,
	`message_key` text,
	`message_values` text,
	`publication_id` text,
	`candidates` text DEFAULT '[]' NOT NULL,
	`parsed` text,
	`resolved_by` text,
	`resolved_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `import_rows_number` ON `import_rows` (`import_id`,`row_number`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`kind` text NOT NULL,
	`account_id` text,
	`file_name` text NOT NULL,
	`file_sha256` text NOT NULL,
	`header_fingerprint` text DEFAULT '' NOT NULL,
	`as_of` integer NOT NULL,
	`counts` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `imports_institution` ON `imports` (`institution_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `metric_snapshots` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`publication_id` text NOT NULL,
	`source` text NOT NULL,
	`import_id` text,
	`as_of` integer NOT NULL,
	`impressions` integer,
	`plays` integer,
	`likes` integer,
	`comments` integer,
	`shares` integer,
	`favorites` integer,
	`profile_visits` integer,
	`followers_gained` integer,
	`completion_rate` real,
	`avg_play_seconds` real,
	`cover_click_rate` real
);
--> statement-breakpoint
CREATE UNIQUE INDEX `metric_snapshots_once` ON `metric_snapshots` (`publication_id`,`source`,`as_of`);--> statement-breakpoint
CREATE INDEX `metric_snapshots_institution` ON `metric_snapshots` (`institution_id`,`as_of`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`publication_id` text NOT NULL,
	`number` integer NOT NULL,
	`fence` integer NOT NULL,
	`step` text NOT NULL,
	`upload_id` text,
	`outcome` text,
	`error_code` text,
	`error_message` text,
	`started_at` integer NOT NULL,
	`uploaded_at` integer,
	`sent_at` integer,
	`answered_at` integer,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempts_number` ON `attempts` (`publication_id`,`number`);--> statement-breakpoint
CREATE TABLE `proofs` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`publication_id` text NOT NULL,
	`kind` text NOT NULL,
	`link` text,
	`asset_id` text,
	`declared` text DEFAULT '[]' NOT NULL,
	`given_by` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `proofs_publication` ON `proofs` (`publication_id`);--> statement-breakpoint
CREATE TABLE `publications` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`content_id` text NOT NULL,
	`account_id` text NOT NULL,
	`platform` text NOT NULL,
	`route` text NOT NULL,
	`state` text NOT NULL,
	`state_entered_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`time_zone` text NOT NULL,
	`snapshot` text NOT NULL,
	`snapshot_sha256` text NOT NULL,
	`script_sha256` text NOT NULL,
	`fence` integer DEFAULT 0 NOT NULL,
	`lease_until` integer,
	`attempt_count` integer DEFAULT 0 NOT NULL,
	`next_check_at` integer,
	`remote_id` text,
	`remote_url` text,
	`published_at` integer,
	`reason_key` text,
	`reason_values` text,
	`created_by` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	`archived_at` integer
);
--> statement-breakpoint
CREATE INDEX `publications_due` ON `publications` (`due_at`) WHERE state in ('scheduled', 'queued');--> statement-breakpoint
CREATE INDEX `publications_check` ON `publications` (`next_check_at`) WHERE next_check_at is not null;--> statement-breakpoint
CREATE INDEX `publications_institution` ON `publications` (`institution_id`,`due_at`);--> statement-breakpoint
CREATE INDEX `publications_content` ON `publications` (`content_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `publications_remote` ON `publications` (`platform`,`remote_id`) WHERE remote_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `publications_once` ON `publications` (`content_id`,`account_id`) WHERE state in ('scheduled', 'queued', 'submitting', 'accepted', 'published', 'unconfirmed', 'awaiting_person');--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`event` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `script_drafts` (
	`content_id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`body` text NOT NULL,
	`based_on` integer,
	`revision` integer DEFAULT 1 NOT NULL,
	`updated_by` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `script_revisions` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`content_id` text NOT NULL,
	`number` integer NOT NULL,
	`body` text NOT NULL,
	`sha256` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`author_id` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `script_revisions_number` ON `script_revisions` (`content_id`,`number`);--> statement-breakpoint
CREATE TABLE `script_views` (
	`content_id` text NOT NULL,
	`user_id` text NOT NULL,
	`institution_id` text NOT NULL,
	`revision_number` integer NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `script_views_pair` ON `script_views` (`content_id`,`user_id`);--> statement-breakpoint
CREATE TABLE `sign_offs` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`content_id` text NOT NULL,
	`revision_id` text NOT NULL,
	`revision_number` integer NOT NULL,
	`sha256` text NOT NULL,
	`doctor_id` text NOT NULL,
	`user_id` text NOT NULL,
	`decision` text NOT NULL,
	`reasons` text DEFAULT '[]' NOT NULL,
	`comment` text DEFAULT '' NOT NULL,
	`confirmed_name` text DEFAULT '' NOT NULL,
	`via` text NOT NULL,
	`decided_at` integer NOT NULL,
	`voided_at` integer,
	`voided_by` text,
	`void_reason` text
);
--> statement-breakpoint
CREATE INDEX `sign_offs_content` ON `sign_offs` (`content_id`);