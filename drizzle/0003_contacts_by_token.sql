DROP INDEX `touches_institution`;--> statement-breakpoint
CREATE INDEX `touches_contacts` ON `touches` (`token`,`at`) WHERE bot = 0;