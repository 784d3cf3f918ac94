DROP INDEX `touches_token`;--> statement-breakpoint
CREATE UNIQUE INDEX `touches_once` ON `touches` (`token`,`visitor_hash`);--> statement-breakpoint
ALTER TABLE `visits` ADD `refund_hash` text;--> statement-breakpoint
ALTER TABLE `import_rows` ADD `reasons` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `import_rows` ADD `row_key` text;--> statement-breakpoint
ALTER TABLE `import_rows` ADD `answer` text;--> statement-breakpoint
CREATE INDEX `import_rows_key` ON `import_rows` (`institution_id`,`row_key`);--> statement-breakpoint
ALTER TABLE `import_rows` DROP COLUMN `message_key`;--> statement-breakpoint
ALTER TABLE `import_rows` DROP COLUMN `message_values`;--> statement-breakpoint
CREATE INDEX `orders_phone` ON `orders` (`institution_id`,`phone_index`);