CREATE INDEX "messages_waiting" ON "notifications"."messages" USING btree ("channel","enqueued_at","next_attempt_at","urgency") WHERE "notifications"."messages"."status" in ('QUEUED', 'SENDING');--> statement-breakpoint
DROP INDEX IF EXISTS "notifications"."messages_due_by_urgency";
