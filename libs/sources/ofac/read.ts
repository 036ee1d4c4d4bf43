import type { SourceDocument } from '../documents.js';
import { RefusedEditionError } from '../errors.js';
import { rowsOf } from '../rows.js';
import { spreadsheetDamage } from '../spreadsheet-damage.js';

/** One row of an OFAC file: trimmed values, null for `-0- ` and for nothing. */
export interface OfacRow {
  uid: string;
  /** The number of the address or alias; empty in the file of entries. */
  number: string;
  values: (string | null)[];
}

const FROM_OFAC = 'Fetch it from OFAC again, and do not open it in a spreadsheet.';

/**
 * Reads one of OFAC's files: no header, uid first, then, in the files of addresses and aliases, a number. The layout is
 * that of OFAC's `dat_spec.txt`.
 * @param width values in each row, with uid and number
 * @param keyed how many of them form the key: 1 (uid) or 2 (uid, number)
 * @throws RefusedEditionError
 */
export function readOfac(source: string, document: SourceDocument, width: number, keyed: 1 | 2): OfacRow[] {
  const rows = new Map<string, OfacRow>();
  const allPrinted = rowsOf(source, document, width, /^\d+,/);
  if (['', '-'].includes(allPrinted.at(-1)?.at(-1) ?? '')) {
    throw new RefusedEditionError(source, document.name, `row ${allPrinted.length}`, 'The last row ends in nothing, where OFAC prints at least `-0- `: the file is cut in mid-row.', FROM_OFAC);
  }
  for (const printed of allPrinted) {
    const key = printed.slice(0, keyed).map((value) => value.trim());
    const [uid = '', number = ''] = key;
    const id = key.join(', ');
    if (!key.every((part) => /^\d+$/.test(part))) {
      throw new RefusedEditionError(source, document.name, `uid ${id}`, 'This is no uid: OFAC numbers its entries with plain digits, and prints no header.', FROM_OFAC);
    }
    const values = printed.slice(keyed).map(valueOf);
    for (const value of values) {
      const damage = value === null ? null : spreadsheetDamage(value);
      if (damage !== null) throw new RefusedEditionError(source, document.name, `uid ${id}`, damage, FROM_OFAC);
    }
    const before = rows.get(id);
    if (before !== undefined && !sameValues(before.values, values)) {
      throw new RefusedEditionError(source, document.name, `uid ${id}`, 'Two different rows have this uid.', FROM_OFAC);
    }
    rows.set(id, { uid, number, values });
  }
  return [...rows.values()];
}

function valueOf(printed: string): string | null {
  const value = printed.trim();
  return value === '' || value === '-0-' ? null : value;
}

function sameValues(one: (string | null)[], other: (string | null)[]): boolean {
  return one.every((value, index) => value === other[index]);
}
