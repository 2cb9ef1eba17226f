CREATE TABLE "clocks" (
	"exercise_id" text PRIMARY KEY NOT NULL,
	"exercise_ms" double precision NOT NULL,
	"wall" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"exercise_id" text NOT NULL,
	"position" integer NOT NULL,
	"type" text NOT NULL,
	"version" integer NOT NULL,
	"at" double precision NOT NULL,
	"wall" bigint NOT NULL,
	"data" json NOT NULL,
	CONSTRAINT "events_exercise_id_position_pk" PRIMARY KEY("exercise_id","position")
);
--> statement-breakpoint
CREATE TABLE "samples" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"exercise_id" text NOT NULL,
	"at" double precision NOT NULL,
	"wall" bigint NOT NULL,
	"team" text NOT NULL,
	"service" text NOT NULL,
	"journey" text NOT NULL,
	"verdict" text NOT NULL,
	"ms" double precision NOT NULL,
	"evidence" json
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" json NOT NULL
);
--> statement-breakpoint
CREATE INDEX "events_first" ON "events" USING btree ("wall","exercise_id") WHERE "events"."position" = 1;--> statement-breakpoint
CREATE INDEX "samples_by_service" ON "samples" USING btree ("exercise_id","team","service","id");