CREATE TABLE "notifications"."outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"relayed_at" timestamp with time zone,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "outbox_in_hand" ON "notifications"."outbox" USING btree ("id") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "messages_farewells" ON "notifications"."messages" USING btree ("id") WHERE template = 'account-deleted';