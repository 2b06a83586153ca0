CREATE TABLE "users"."audit_events" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"chain" date NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor_id" uuid,
	"subject_id" uuid,
	"client" text,
	"detail" jsonb NOT NULL,
	"personal_digest" "bytea",
	"previous_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users"."audit_pending" (
	"id" uuid PRIMARY KEY NOT NULL,
	"act" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users"."audit_personal" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"salt" "bytea" NOT NULL,
	"ip" text,
	"user_agent" text
);
--> statement-breakpoint
ALTER TABLE "users"."audit_personal" ADD CONSTRAINT "audit_personal_seq_audit_events_seq_fk" FOREIGN KEY ("seq") REFERENCES "users"."audit_events"("seq") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_events_id" ON "users"."audit_events" USING btree ("id");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_events_previous_hash" ON "users"."audit_events" USING btree ("previous_hash");--> statement-breakpoint
CREATE INDEX "audit_events_chain" ON "users"."audit_events" USING btree ("chain","seq");--> statement-breakpoint
CREATE INDEX "audit_events_subject" ON "users"."audit_events" USING btree ("subject_id","seq");--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "users"."audit_events" USING btree ("actor_id","seq");--> statement-breakpoint
CREATE INDEX "audit_events_action" ON "users"."audit_events" USING btree ("action","seq");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "users"."audit_events" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_personal_ip" ON "users"."audit_personal" USING btree ("ip","seq");
--> statement-breakpoint
CREATE FUNCTION "users"."keep_audit_events"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.chain < (now() AT TIME ZONE 'UTC')::date - 365 THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_events_are_kept" BEFORE UPDATE OR DELETE ON "users"."audit_events"
  FOR EACH ROW EXECUTE FUNCTION "users"."keep_audit_events"();
