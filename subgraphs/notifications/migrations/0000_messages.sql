CREATE TABLE "notifications"."attempts" (
  "id" uuid PRIMARY KEY NOT NULL,
  "message_id" uuid NOT NULL,
  "at" timestamp with time zone DEFAULT now() NOT NULL,
  "provider" text NOT NULL,
  "outcome" text NOT NULL,
  "provider_message_id" text,
  "error" text,
  "next_attempt_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "notifications"."inbox" (
  "event_id" uuid PRIMARY KEY NOT NULL,
  "received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."messages" (
  "id" uuid PRIMARY KEY NOT NULL,
  "user_id" uuid NOT NULL,
  "dedupe_key" text NOT NULL,
  "kind" text NOT NULL,
  "channel" text NOT NULL,
  "status" text DEFAULT 'QUEUED' NOT NULL,
  "recipient" text NOT NULL,
  "template" text NOT NULL,
  "locale" text NOT NULL,
  "variables" jsonb NOT NULL,
  "sealed_secret" text,
  "tries" integer DEFAULT 0 NOT NULL,
  "created_at" timestamp with time zone DEFAULT now() NOT NULL,
  "expires_at" timestamp with time zone,
  "next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
  "enqueued_at" timestamp with time zone,
  "lease" uuid,
  "sent_at" timestamp with time zone,
  CONSTRAINT "messages_dedupe_key" UNIQUE("dedupe_key")
);
--> statement-breakpoint
ALTER TABLE "notifications"."attempts" ADD CONSTRAINT "attempts_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "notifications"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempts_of_message" ON "notifications"."attempts" USING btree ("message_id","id");--> statement-breakpoint
CREATE INDEX "messages_of_user" ON "notifications"."messages" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "messages_due" ON "notifications"."messages" USING btree ("next_attempt_at") WHERE "notifications"."messages"."status" in ('QUEUED', 'SENDING');