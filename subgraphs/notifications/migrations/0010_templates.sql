CREATE TABLE "notifications"."templates" (
	"name" text NOT NULL,
	"locale" text NOT NULL,
	"channel" text NOT NULL,
	"subject" text,
	"body" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "templates_name_locale_pk" PRIMARY KEY("name","locale")
);
