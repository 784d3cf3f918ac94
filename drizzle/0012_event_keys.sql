ALTER TABLE `accounts` DROP COLUMN `app_id`;--> statement-breakpoint
ALTER TABLE `accounts` DROP COLUMN `app_secret`;