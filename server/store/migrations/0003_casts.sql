CREATE TABLE "casts" (
	"exercise_id" text NOT NULL,
	"cast" text NOT NULL,
	"part" integer NOT NULL,
	"terminal" text NOT NULL,
	"team" text NOT NULL,
	"bytes" integer NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "casts_exercise_id_cast_part_pk" PRIMARY KEY("exercise_id","cast","part")
);
