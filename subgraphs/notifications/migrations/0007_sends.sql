CREATE TABLE "notifications"."send_counters" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"full_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."sends" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"payload" "bytea" NOT NULL,
	"message_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notifications"."messages" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
CREATE INDEX "send_counters_full_until" ON "notifications"."send_counters" USING btree ("full_until");--> statement-breakpoint
CREATE INDEX "sends_at" ON "notifications"."sends" USING btree ("at");--> statement-breakpoint
CREATE INDEX "messages_of_nobody" ON "notifications"."messages" USING btree ("created_at") WHERE "notifications"."messages"."user_id" is null;