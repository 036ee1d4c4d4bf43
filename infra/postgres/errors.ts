/** The data folder was written by a newer Listory than this one. */
export class DataFolderTooNew extends Error {
  override name = 'DataFolderTooNew';
  constructor(readonly folder: string, readonly found: number, readonly known: number) {
    super(`The data folder ${folder} has format ${found}; this version of Listory knows format ${known} and older. Update Listory, or choose another folder with LISTORY_DATA.`);
  }
}

/** The data folder's marker file cannot be understood: it is not a folder of ours, or it is damaged. */
export class NotADataFolder extends Error {
  override name = 'NotADataFolder';
  constructor(readonly folder: string, readonly what: string) {
    super(`${folder} is not a data folder of Listory: ${what}. Choose another folder with LISTORY_DATA.`);
  }
}

/** This machine has no PostgreSQL programs that the embedded server could run. */
export class EmbeddedServerUnavailable extends Error {
  override name = 'EmbeddedServerUnavailable';
  constructor(readonly what: string, options?: ErrorOptions) {
    super(`The embedded PostgreSQL cannot run here: ${what}. Or set LISTORY_DATABASE_URL to a PostgreSQL 15 or newer of your own.`, options);
  }
}

/** The embedded server was started and did not come up; `log` holds its own last words. */
export class EmbeddedServerFailed extends Error {
  override name = 'EmbeddedServerFailed';
  constructor(readonly folder: string, readonly what: string, readonly log: string) {
    super(`The embedded PostgreSQL under ${folder} did not start: ${what}. Its last words:\n${log.trim() || '(none)'}`);
  }
}

/** The cluster was made by another major version of PostgreSQL than the one shipped now. */
export class ClusterOfAnotherVersion extends Error {
  override name = 'ClusterOfAnotherVersion';
  constructor(readonly folder: string, readonly found: string, readonly shipped: string) {
    super(`The database under ${folder} was made by PostgreSQL ${found}, this Listory brings ${shipped}. Run "listory backup" with the Listory that made it, then "listory restore" into a new folder.`);
  }
}

/** No connection to the database; `code` is the operating system's or PostgreSQL's. */
export class DatabaseUnreachable extends Error {
  override name = 'DatabaseUnreachable';
  constructor(readonly where: string, readonly code: string | undefined, todo: string, options?: ErrorOptions) {
    super(`No connection to the database ${where}: ${todo}`, options);
  }
}

/** The server is older than the features that are used (PostgreSQL 15). */
export class ServerTooOld extends Error {
  override name = 'ServerTooOld';
  constructor(readonly where: string, readonly found: string) {
    super(`The server of ${where} is PostgreSQL ${found}; Listory needs 15 or newer.`);
  }
}

/** The database cannot hold names in every script. */
export class DatabaseNotUnicode extends Error {
  override name = 'DatabaseNotUnicode';
  constructor(readonly where: string, readonly encoding: string) {
    super(`The database ${where} has the encoding ${encoding}; names in every script need UTF8. Make another one: create database listory encoding 'UTF8' template template0.`);
  }
}

/** Migrations were run on this database that this version of the code does not know. */
export class DatabaseTooNew extends Error {
  override name = 'DatabaseTooNew';
  constructor(readonly where: string, readonly unknown: string[]) {
    super(`The database ${where} was migrated by a newer Listory (${unknown.join(', ')}). Update this one, or use another database.`);
  }
}

/** There is no such role to give rights to. */
export class RoleMissing extends Error {
  override name = 'RoleMissing';
  constructor(readonly role: string) {
    super(`There is no role '${role}'. Make it first: create role "${role.replaceAll('"', '""')}" login password '…'.`);
  }
}
