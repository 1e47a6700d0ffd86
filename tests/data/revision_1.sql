PRAGMA application_id=1229800260;
PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE access_log (
	id INTEGER NOT NULL, 
	wall_utc TEXT NOT NULL, 
	author TEXT NOT NULL, 
	act TEXT NOT NULL, 
	what TEXT NOT NULL, 
	details TEXT NOT NULL, 
	CONSTRAINT pk_access_log PRIMARY KEY (id)
);
INSERT INTO "access_log" VALUES(1,'2026-11-20T13:31:28+00:00','проверка','print','annual-plan','План');
INSERT INTO "access_log" VALUES(2,'2026-11-20T13:31:28+00:00','проверка','export','staff','x');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE approval (
	plan_id TEXT NOT NULL, 
	side TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	lines TEXT NOT NULL, 
	step TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_approval PRIMARY KEY (id), 
	CONSTRAINT fk_approval_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id)
);
CREATE TABLE attestation_case (
	person_id TEXT NOT NULL, 
	organisation_id TEXT, 
	post TEXT NOT NULL, 
	subjects TEXT NOT NULL, 
	requested TEXT NOT NULL, 
	current TEXT NOT NULL, 
	current_until TEXT NOT NULL, 
	month TEXT NOT NULL, 
	application_date TEXT NOT NULL, 
	meeting_date TEXT NOT NULL, 
	result TEXT NOT NULL, 
	note TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_attestation_case PRIMARY KEY (id), 
	CONSTRAINT fk_attestation_case_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_attestation_case_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT fk_attestation_case_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE award (
	person_id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_award PRIMARY KEY (id), 
	CONSTRAINT fk_award_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_award_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE calendar_day (
	day TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	source TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_calendar_day PRIMARY KEY (id)
);
CREATE TABLE category (
	person_id TEXT NOT NULL, 
	category TEXT NOT NULL, 
	post TEXT NOT NULL, 
	decision_date TEXT NOT NULL, 
	valid_until TEXT NOT NULL, 
	act_number TEXT NOT NULL, 
	act_date TEXT NOT NULL, 
	issuer TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_category PRIMARY KEY (id), 
	CONSTRAINT fk_category_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_category_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE change (
	seq INTEGER NOT NULL, 
	txn_id INTEGER NOT NULL, 
	tbl TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	field TEXT NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	parent INTEGER, 
	CONSTRAINT pk_change PRIMARY KEY (seq)
);
INSERT INTO "change" VALUES(1,1,'person','01a1f927-aa4d-7a7c-a2b3-00e2e6ecfe46','',NULL,'surname=''Абрамова'',role=''staff'',',NULL);
INSERT INTO "change" VALUES(2,2,'person','01a1f927-aa4d-7a7c-a2b3-00e2e6ecfe46','phone','','+70000000000',1);
INSERT INTO "change" VALUES(3,3,'person','01a1f927-aa4d-7a7c-a2b3-00e2e6ecfe46','phone','+70000000000','',2);
CREATE TABLE consultation (
	day TEXT NOT NULL, 
	person_id TEXT, 
	who TEXT NOT NULL, 
	organisation_id TEXT, 
	topic TEXT NOT NULL, 
	form TEXT NOT NULL, 
	methodist TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_consultation PRIMARY KEY (id), 
	CONSTRAINT fk_consultation_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_consultation_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT fk_consultation_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE contact (
	full_name TEXT NOT NULL, 
	post TEXT NOT NULL, 
	organisation_id TEXT, 
	phone TEXT NOT NULL, 
	office_staff INTEGER NOT NULL, 
	paper_id TEXT, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_contact PRIMARY KEY (id), 
	CONSTRAINT fk_contact_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT fk_contact_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE course_plan (
	person_id TEXT NOT NULL, 
	last_year TEXT NOT NULL, 
	planned_year TEXT NOT NULL, 
	theme TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_course_plan PRIMARY KEY (id), 
	CONSTRAINT fk_course_plan_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_course_plan_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE db_meta (
	"key" INTEGER NOT NULL, 
	db_id TEXT NOT NULL, 
	replica TEXT NOT NULL, 
	last_seen_utc TEXT NOT NULL, 
	CONSTRAINT pk_db_meta PRIMARY KEY ("key")
);
INSERT INTO "db_meta" VALUES(1,'eb0171bb700549d1b044381aa916f8c8','4327b553961b47a9','2026-11-20T13:31:28+00:00');
CREATE TABLE education (
	person_id TEXT NOT NULL, 
	level TEXT NOT NULL, 
	institution TEXT NOT NULL, 
	year TEXT NOT NULL, 
	speciality TEXT NOT NULL, 
	qualification TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_education PRIMARY KEY (id), 
	CONSTRAINT fk_education_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_education_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE employment (
	person_id TEXT NOT NULL, 
	organisation_id TEXT NOT NULL, 
	post TEXT NOT NULL, 
	subjects TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	rate TEXT NOT NULL, 
	personnel_number TEXT NOT NULL, 
	since TEXT NOT NULL, 
	until TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_employment PRIMARY KEY (id), 
	CONSTRAINT fk_employment_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_employment_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT fk_employment_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE experience (
	person_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	years INTEGER NOT NULL, 
	months INTEGER, 
	as_of TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_experience PRIMARY KEY (id), 
	CONSTRAINT fk_experience_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_experience_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE former_name (
	person_id TEXT NOT NULL, 
	surname TEXT NOT NULL, 
	until TEXT NOT NULL, 
	paper_id TEXT, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_former_name PRIMARY KEY (id), 
	CONSTRAINT fk_former_name_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_former_name_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE import_layout (
	sender TEXT NOT NULL, 
	signature TEXT NOT NULL, 
	columns TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_import_layout PRIMARY KEY (id)
);
CREATE TABLE issued_document (
	kind TEXT NOT NULL, 
	subject_id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	content TEXT NOT NULL, 
	content_sha256 TEXT NOT NULL, 
	pdf_sha256 TEXT NOT NULL, 
	issued_on TEXT NOT NULL, 
	edition INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_issued_document PRIMARY KEY (id)
);
CREATE TABLE journal_mark (tbl TEXT PRIMARY KEY, last_rowid INTEGER NOT NULL);
INSERT INTO "journal_mark" VALUES('approval',0);
INSERT INTO "journal_mark" VALUES('attestation_case',0);
INSERT INTO "journal_mark" VALUES('award',0);
INSERT INTO "journal_mark" VALUES('calendar_day',0);
INSERT INTO "journal_mark" VALUES('category',0);
INSERT INTO "journal_mark" VALUES('consultation',0);
INSERT INTO "journal_mark" VALUES('contact',0);
INSERT INTO "journal_mark" VALUES('course_plan',0);
INSERT INTO "journal_mark" VALUES('education',0);
INSERT INTO "journal_mark" VALUES('employment',0);
INSERT INTO "journal_mark" VALUES('experience',0);
INSERT INTO "journal_mark" VALUES('former_name',0);
INSERT INTO "journal_mark" VALUES('import_layout',0);
INSERT INTO "journal_mark" VALUES('issued_document',0);
INSERT INTO "journal_mark" VALUES('lesson_visit',0);
INSERT INTO "journal_mark" VALUES('membership',0);
INSERT INTO "journal_mark" VALUES('office',0);
INSERT INTO "journal_mark" VALUES('organisation',0);
INSERT INTO "journal_mark" VALUES('organisation_name',0);
INSERT INTO "journal_mark" VALUES('paper',0);
INSERT INTO "journal_mark" VALUES('person',1);
INSERT INTO "journal_mark" VALUES('plan',0);
INSERT INTO "journal_mark" VALUES('plan_item',0);
INSERT INTO "journal_mark" VALUES('plan_occurrence',0);
INSERT INTO "journal_mark" VALUES('plan_section',0);
INSERT INTO "journal_mark" VALUES('question',0);
INSERT INTO "journal_mark" VALUES('rule_edition',0);
INSERT INTO "journal_mark" VALUES('training',0);
INSERT INTO "journal_mark" VALUES('work_group',0);
CREATE TABLE journal_open (txn_id INTEGER NOT NULL);
CREATE TABLE lesson_visit (
	day TEXT NOT NULL, 
	person_id TEXT, 
	who TEXT NOT NULL, 
	organisation_id TEXT, 
	subject TEXT NOT NULL, 
	klass TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	analysis TEXT NOT NULL, 
	visitor TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_lesson_visit PRIMARY KEY (id), 
	CONSTRAINT fk_lesson_visit_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_lesson_visit_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT fk_lesson_visit_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE membership (
	group_id TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	role TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_membership PRIMARY KEY (id), 
	CONSTRAINT fk_membership_group_id_work_group FOREIGN KEY(group_id) REFERENCES work_group (id), 
	CONSTRAINT fk_membership_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_membership_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE office (
	profile TEXT NOT NULL, 
	country TEXT NOT NULL, 
	short_name TEXT NOT NULL, 
	full_name TEXT NOT NULL, 
	genitive TEXT NOT NULL, 
	answers TEXT NOT NULL, 
	demo INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_office PRIMARY KEY (id)
);
CREATE TABLE organisation (
	short_name TEXT NOT NULL, 
	full_name TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	locality TEXT NOT NULL, 
	opened TEXT NOT NULL, 
	closed TEXT NOT NULL, 
	sort_key TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_organisation PRIMARY KEY (id)
);
CREATE TABLE organisation_name (
	organisation_id TEXT NOT NULL, 
	spelling TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	paper_id TEXT, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_organisation_name PRIMARY KEY (id), 
	CONSTRAINT fk_organisation_name_organisation_id_organisation FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT fk_organisation_name_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE paper (
	file TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	as_of TEXT NOT NULL, 
	taken_on TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	summary TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_paper PRIMARY KEY (id)
);
CREATE TABLE person (
	surname TEXT NOT NULL, 
	name TEXT NOT NULL, 
	patronymic TEXT NOT NULL, 
	role TEXT NOT NULL, 
	sex TEXT NOT NULL, 
	birth TEXT NOT NULL, 
	snils TEXT NOT NULL, 
	iin TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	email TEXT NOT NULL, 
	note TEXT NOT NULL, 
	deferred_until TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	sort_key TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT fk_person_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
INSERT INTO "person" VALUES('Абрамова','','','staff','','','','','','','','','','',NULL,'','01a1f927-aa4d-7a7c-a2b3-00e2e6ecfe46',NULL);
CREATE TABLE "plan" (
	kind TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	period TEXT NOT NULL, 
	title TEXT NOT NULL, 
	state TEXT NOT NULL, 
	texts TEXT NOT NULL, 
	paper_id TEXT, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_plan PRIMARY KEY (id), 
	CONSTRAINT fk_plan_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE plan_item (
	plan_id TEXT NOT NULL, 
	section_id TEXT, 
	position INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	title TEXT NOT NULL, 
	term TEXT NOT NULL, 
	time TEXT NOT NULL, 
	place_text TEXT NOT NULL, 
	participants TEXT NOT NULL, 
	responsible TEXT NOT NULL, 
	expected TEXT NOT NULL, 
	mark TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_plan_item PRIMARY KEY (id), 
	CONSTRAINT fk_plan_item_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id), 
	CONSTRAINT fk_plan_item_section_id_plan_section FOREIGN KEY(section_id) REFERENCES plan_section (id), 
	CONSTRAINT fk_plan_item_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE plan_occurrence (
	item_id TEXT NOT NULL, 
	day TEXT NOT NULL, 
	moved_to TEXT NOT NULL, 
	mark TEXT NOT NULL, 
	note TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_plan_occurrence PRIMARY KEY (id), 
	CONSTRAINT fk_plan_occurrence_item_id_plan_item FOREIGN KEY(item_id) REFERENCES plan_item (id)
);
CREATE TABLE plan_section (
	plan_id TEXT NOT NULL, 
	parent_id TEXT, 
	title TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_plan_section PRIMARY KEY (id), 
	CONSTRAINT fk_plan_section_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id), 
	CONSTRAINT fk_plan_section_parent_id_plan_section FOREIGN KEY(parent_id) REFERENCES plan_section (id)
);
CREATE TABLE question (
	kind TEXT NOT NULL, 
	paper_id TEXT, 
	sheet TEXT NOT NULL, 
	place TEXT NOT NULL, 
	"row" INTEGER NOT NULL, 
	person_id TEXT, 
	who TEXT NOT NULL, 
	field TEXT NOT NULL, 
	here TEXT NOT NULL, 
	known TEXT NOT NULL, 
	candidates TEXT NOT NULL, 
	record TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_question PRIMARY KEY (id)
);
CREATE TABLE replica (
	rid TEXT NOT NULL, 
	label TEXT NOT NULL, 
	parent_rid TEXT, 
	reason TEXT NOT NULL, 
	born_utc TEXT NOT NULL, 
	CONSTRAINT pk_replica PRIMARY KEY (rid)
);
INSERT INTO "replica" VALUES('4327b553961b47a9','',NULL,'new','');
CREATE TABLE rule_edition (
	rule TEXT NOT NULL, 
	title TEXT NOT NULL, 
	who TEXT NOT NULL, 
	value INTEGER, 
	years INTEGER, 
	hours INTEGER, 
	mode TEXT NOT NULL, 
	act TEXT NOT NULL, 
	clause TEXT NOT NULL, 
	valid_from TEXT NOT NULL, 
	valid_to TEXT NOT NULL, 
	verified INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_rule_edition PRIMARY KEY (id)
);
CREATE TABLE stored_file (
	sha256 TEXT NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_stored_file PRIMARY KEY (sha256)
);
CREATE TABLE training (
	person_id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	provider TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	hours INTEGER, 
	starts TEXT NOT NULL, 
	ends TEXT NOT NULL, 
	document_number TEXT NOT NULL, 
	registration_number TEXT NOT NULL, 
	document_date TEXT NOT NULL, 
	distance INTEGER NOT NULL, 
	finished TEXT NOT NULL, 
	paper_id TEXT, 
	place TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_training PRIMARY KEY (id), 
	CONSTRAINT fk_training_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_training_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE TABLE txn (
	id INTEGER NOT NULL, 
	rid TEXT NOT NULL, 
	label TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	reverts INTEGER, 
	author TEXT NOT NULL, 
	wall_utc TEXT NOT NULL, 
	clock_ok INTEGER NOT NULL, 
	after_seq INTEGER NOT NULL, 
	last_seq INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_txn PRIMARY KEY (id)
);
INSERT INTO "txn" VALUES(1,'4327b553961b47a9','Добавление: Абрамова','change',NULL,'проверка','2026-11-20T13:31:28+00:00',1,0,1,'1b9e225cd7fabca30b0ec1e4c66ed05d972316f1d7e8748396549f9faf8186b1');
INSERT INTO "txn" VALUES(2,'4327b553961b47a9','Правка','change',NULL,'проверка','2026-11-20T13:31:28+00:00',1,1,2,'bb8260fde564a39bcd73ed472f98f255a904b2e38f9f4b37e74695f9fcc5780d');
INSERT INTO "txn" VALUES(3,'4327b553961b47a9','Правка','undo',2,'проверка','2026-11-20T13:31:28+00:00',1,2,3,'6d156c3b239d49487a4f32f0bf275972c52d9e34fe8019feaad0a3c5cbd208ba');
CREATE TABLE work_group (
	title TEXT NOT NULL, 
	head_person_id TEXT, 
	head_text TEXT NOT NULL, 
	year INTEGER, 
	paper_id TEXT, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_work_group PRIMARY KEY (id), 
	CONSTRAINT fk_work_group_head_person_id_person FOREIGN KEY(head_person_id) REFERENCES person (id), 
	CONSTRAINT fk_work_group_paper_id_paper FOREIGN KEY(paper_id) REFERENCES paper (id)
);
CREATE INDEX ix_change_row ON change (row_id, field);
CREATE INDEX ix_question_person_id ON question (person_id);
CREATE INDEX ix_organisation_name_key ON organisation_name ("key");
CREATE INDEX ix_person_name_key ON person (name_key);
CREATE INDEX ix_person_sort_key ON person (sort_key, id);
CREATE INDEX ix_approval_plan_id ON approval (plan_id);
CREATE INDEX ix_attestation_case_person_id ON attestation_case (person_id);
CREATE INDEX ix_award_person_id ON award (person_id);
CREATE INDEX ix_category_person_id ON category (person_id);
CREATE INDEX ix_consultation_person_id ON consultation (person_id);
CREATE INDEX ix_course_plan_person_id ON course_plan (person_id);
CREATE INDEX ix_education_person_id ON education (person_id);
CREATE INDEX ix_employment_organisation_id ON employment (organisation_id);
CREATE INDEX ix_employment_person_id ON employment (person_id);
CREATE INDEX ix_experience_person_id ON experience (person_id);
CREATE INDEX ix_former_name_person_id ON former_name (person_id);
CREATE INDEX ix_lesson_visit_person_id ON lesson_visit (person_id);
CREATE INDEX ix_plan_section_plan_id ON plan_section (plan_id);
CREATE INDEX ix_training_person_id ON training (person_id);
CREATE INDEX ix_membership_group_id ON membership (group_id);
CREATE INDEX ix_membership_person_id ON membership (person_id);
CREATE INDEX ix_plan_item_plan_id ON plan_item (plan_id);
CREATE INDEX ix_plan_occurrence_item_id ON plan_occurrence (item_id);
COMMIT;
