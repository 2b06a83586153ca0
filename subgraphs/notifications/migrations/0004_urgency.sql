DROP INDEX "notifications"."messages_due";--> statement-breakpoint
ALTER TABLE "notifications"."messages" ADD COLUMN "urgency" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "messages_due_by_urgency" ON "notifications"."messages" USING btree ("urgency","next_attempt_at") WHERE "notifications"."messages"."status" in ('QUEUED', 'SENDING');--> statement-breakpoint
CREATE INDEX "messages_dead" ON "notifications"."messages" USING btree ("id") WHERE "notifications"."messages"."status" = 'DEAD_LETTERED';