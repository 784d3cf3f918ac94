ALTER TABLE `accounts` ADD `app_id` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `app_secret` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `event_token` text;--> statement-breakpoint
ALTER TABLE `accounts` ADD `event_key` text;--> statement-breakpoint
CREATE INDEX `webhook_deliveries_at` ON `webhook_deliveries` (`at`);