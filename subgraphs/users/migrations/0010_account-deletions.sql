CREATE TABLE "users"."deletion_receipts" (
	"user_id" uuid NOT NULL,
	"subgraph" text NOT NULL,
	"round" integer NOT NULL,
	"records" integer NOT NULL,
	"erased_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "deletion_receipts_user_id_subgraph_pk" PRIMARY KEY("user_id","subgraph")
);
--> statement-breakpoint
CREATE TABLE "users"."deletions" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"mode" text NOT NULL,
	"reason" text,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"effective_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"access_version" integer,
	"rounds" integer DEFAULT 0 NOT NULL,
	"told_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "users"."users" ADD COLUMN "deletion_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users"."users" ADD COLUMN "anonymized_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users"."deletion_receipts" ADD CONSTRAINT "deletion_receipts_user_id_deletions_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "users"."deletions"("user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deletions_in_hand" ON "users"."deletions" USING btree ("told_at") WHERE deleted_at is not null and completed_at is null;--> statement-breakpoint
CREATE INDEX "users_deletion_at" ON "users"."users" USING btree ("deletion_at") WHERE deletion_at is not null;