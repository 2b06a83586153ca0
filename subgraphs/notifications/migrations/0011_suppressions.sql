CREATE TABLE "notifications"."suppressions" (
	"digest" "bytea" NOT NULL,
	"reason" text NOT NULL,
	"user_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"probed_at" timestamp with time zone,
	"probe" uuid,
	CONSTRAINT "suppressions_digest_reason_pk" PRIMARY KEY("digest","reason")
);
--> statement-breakpoint
ALTER TABLE "notifications"."messages" ADD COLUMN "refused_by" text;--> statement-breakpoint
CREATE INDEX "suppressions_of_user" ON "notifications"."suppressions" USING btree ("user_id");