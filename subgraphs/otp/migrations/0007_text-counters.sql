ALTER TABLE "otp"."challenges" ADD COLUMN "country" text;--> statement-breakpoint
ALTER TABLE "otp"."challenges" ADD COLUMN "spent_at" timestamp (3) with time zone;