CREATE TABLE "users"."idempotent_requests" (
	"id" "bytea" PRIMARY KEY NOT NULL,
	"payload" "bytea" NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"owner" text NOT NULL,
	"answer" jsonb
);
--> statement-breakpoint
CREATE INDEX "idempotent_requests_started_at" ON "users"."idempotent_requests" USING btree ("started_at");