ALTER TABLE "auth"."access_versions" ALTER COLUMN "version" SET DEFAULT 0;--> statement-breakpoint
ALTER TABLE "auth"."access_versions" ADD COLUMN "factor_version" integer DEFAULT 0 NOT NULL;