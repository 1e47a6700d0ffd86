CREATE TABLE change_parent (
	seq INTEGER NOT NULL, 
	parent INTEGER NOT NULL, 
	CONSTRAINT pk_change_parent PRIMARY KEY (seq, parent)
);
CREATE TABLE field_shown (
	row_id TEXT NOT NULL, 
	field TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_field_shown PRIMARY KEY (row_id, field)
);
CREATE TABLE "conflict" (
	row_id TEXT NOT NULL, 
	field TEXT NOT NULL, 
	tbl TEXT NOT NULL, 
	txn_id INTEGER NOT NULL, 
	CONSTRAINT pk_conflict PRIMARY KEY (row_id, field)
);
CREATE TABLE merge_log (
	txn_id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	backup_id TEXT NOT NULL, 
	replica TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	state_sha256 TEXT NOT NULL, 
	CONSTRAINT pk_merge_log PRIMARY KEY (txn_id)
);
CREATE TABLE merge_effect (
	id INTEGER NOT NULL, 
	txn_id INTEGER NOT NULL, 
	tbl TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	field TEXT NOT NULL, 
	"before" TEXT, 
	CONSTRAINT pk_merge_effect PRIMARY KEY (id)
);
CREATE TABLE copy_log (
	backup_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	rid TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	place TEXT NOT NULL, 
	leaves INTEGER NOT NULL, 
	volume_label TEXT NOT NULL, 
	volume_serial TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	vector TEXT NOT NULL, 
	counts TEXT NOT NULL, 
	key_id TEXT NOT NULL, 
	author TEXT NOT NULL, 
	made_utc TEXT NOT NULL, 
	verified_utc TEXT NOT NULL, 
	verified_on TEXT NOT NULL, 
	CONSTRAINT pk_copy_log PRIMARY KEY (backup_id)
);
CREATE TABLE app_user (
	name TEXT NOT NULL, 
	person_id TEXT, 
	role TEXT NOT NULL, 
	since TEXT NOT NULL, 
	until TEXT NOT NULL, 
	password TEXT NOT NULL, 
	pin TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_app_user PRIMARY KEY (id), 
	CONSTRAINT fk_app_user_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE office_key (
	key_id TEXT NOT NULL, 
	recipient TEXT NOT NULL, 
	paper_recipient TEXT NOT NULL, 
	state TEXT NOT NULL, 
	made_on TEXT NOT NULL, 
	retired_on TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	former_identity TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_office_key PRIMARY KEY (id)
);
CREATE TABLE key_slot (
	key_id TEXT NOT NULL, 
	user_id TEXT, 
	kind TEXT NOT NULL, 
	kdf TEXT NOT NULL, 
	salt TEXT NOT NULL, 
	nonce TEXT NOT NULL, 
	box TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_key_slot PRIMARY KEY (id), 
	CONSTRAINT fk_key_slot_user_id_app_user FOREIGN KEY(user_id) REFERENCES app_user (id)
);
CREATE TABLE carrier (
	number TEXT NOT NULL, 
	label TEXT NOT NULL, 
	serial TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	since TEXT NOT NULL, 
	until TEXT NOT NULL, 
	state TEXT NOT NULL, 
	note TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_carrier PRIMARY KEY (id)
);
CREATE TABLE incident (
	kind TEXT NOT NULL, 
	carrier_id TEXT, 
	happened TEXT NOT NULL, 
	noticed TEXT NOT NULL, 
	circumstances TEXT NOT NULL, 
	holds TEXT NOT NULL, 
	encrypted INTEGER NOT NULL, 
	measures TEXT NOT NULL, 
	findings TEXT NOT NULL, 
	notified_24 TEXT NOT NULL, 
	notified_72 TEXT NOT NULL, 
	closed TEXT NOT NULL, 
	id TEXT NOT NULL, 
	deleted_at TEXT, 
	CONSTRAINT pk_incident PRIMARY KEY (id), 
	CONSTRAINT fk_incident_carrier_id_carrier FOREIGN KEY(carrier_id) REFERENCES carrier (id)
);
ALTER TABLE txn ADD COLUMN "n" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE txn ADD COLUMN "lamport" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE txn ADD COLUMN "user_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE txn ADD COLUMN "salt" TEXT NOT NULL DEFAULT '';
ALTER TABLE txn ADD COLUMN "body" TEXT NOT NULL DEFAULT '';
ALTER TABLE db_meta ADD COLUMN "lamport" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE replica ADD COLUMN "install_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE access_log ADD COLUMN "rid" TEXT NOT NULL DEFAULT '';
ALTER TABLE access_log ADD COLUMN "n" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE access_log ADD COLUMN "count" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE access_log ADD COLUMN "hash" TEXT NOT NULL DEFAULT '';
CREATE INDEX ix_merge_effect_txn_id ON merge_effect (txn_id);
CREATE INDEX ix_key_slot_key_id ON key_slot (key_id);
CREATE INDEX ix_change_parent_parent ON change_parent (parent);
