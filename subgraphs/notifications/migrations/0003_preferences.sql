CREATE TABLE "notifications"."preferences" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"login_alerts" boolean DEFAULT true NOT NULL,
	"profile_changes" boolean DEFAULT false NOT NULL,
	"product_news" boolean DEFAULT false NOT NULL,
	"preferred_channel" text DEFAULT 'EMAIL' NOT NULL,
	"quiet_hours" jsonb,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
