import 'reflect-metadata';
import { openDatabase } from '@listory/postgres';
import { openEdition } from '@listory/sources';
import { catchUpViews, prepareViews } from '@listory/views';
import { ImportEdition, ImportEditionHandler, type ImportResult } from '../../../apps/collector/import-edition.js';

/** What one import took. */
export interface Imported {
  /** From opening the file to views that are current; without starting the process and connecting. */
  ms: number;
  /** The most memory that the process ever had. */
  rssMb: number;
  results: ImportResult[];
}

/** `import.js URL FILE DATE`: imports one edition of the CSL and prints an `Imported`. */
const [url, file = '', date = ''] = process.argv.slice(2);
const database = await openDatabase({ url });
await prepareViews(database.pool);
await catchUpViews(database.pool);
const start = performance.now();
const documents = await openEdition(file);
const command = new ImportEdition('us-csl', documents, { via: file, date, limits: new Map(), today: date });
const results = await new ImportEditionHandler(database).execute(command);
const ms = performance.now() - start;
await database.close();
const imported: Imported = { ms, rssMb: process.resourceUsage().maxRSS / 1024, results };
process.stdout.write(JSON.stringify(imported, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)));
