ALTER TABLE "auth"."devices" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "auth"."devices" ADD COLUMN "window_started_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "auth"."sign_in_failures" ADD COLUMN "failed" integer DEFAULT 0 NOT NULL;