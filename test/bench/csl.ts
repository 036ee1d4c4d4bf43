import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { syntheticCsl } from './synthetic-csl.js';

const REAL = path.resolve(process.cwd(), '../shared/data/us-csl/2022-05-06.csv.gz');

/** Editions of the Consolidated Screening List as files in a folder of their own. */
export interface CslFiles {
  folder: string;
  /** Whether it is the publisher's own of 2022-05-06, or as many rows made up. */
  isReal: boolean;
  rows: number;
  complete: string;
  /** Other bytes, the same content: a blank line more. */
  otherBytes: string;
  /** One address of one row differs. */
  oneChange: string;
}

/** The real edition where it lies beside the checkout, else a made-up one of its size. */
export function cslFiles(): CslFiles {
  const folder = mkdtempSync(path.join(tmpdir(), 'listory-bench-csl-'));
  const isReal = existsSync(REAL);
  const text = isReal ? gunzipSync(readFileSync(REAL)).toString('utf8') : syntheticCsl();
  const rows = parse(text, { bom: true, relax_column_count: true }) as string[][];
  const file = (name: string, content: string) => {
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  const changed = rows.map((row) => [...row]);
  const address = rows[0]!.indexOf('addresses');
  const at = changed.findIndex((row, index) => index > rows.length / 2 && row[address] !== '');
  changed[at]![address] = `Room 7, ${changed[at]![address]}`;
  return {
    folder,
    isReal,
    rows: rows.length - 1,
    complete: file('2022-05-06.csv', text),
    otherBytes: file('2022-05-07.csv', `${text}\n`),
    oneChange: file('2022-05-08.csv', changed.map((row) => row.map(quoted).join(',')).join('\n')),
  };
}

function quoted(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
