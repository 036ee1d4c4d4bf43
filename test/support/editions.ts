/** What a row of the Entity List says; whatever is left out is blank. */
export interface EntityRow {
  name: string;
  addresses?: string;
  start?: string;
  notice?: string;
  aliases?: string;
  requirement?: string;
  /** Cells of further columns, by their names. */
  more?: Record<string, string>;
}

const COLUMNS =
  '_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,' +
  'license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,' +
  'remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids';

/** An edition of the Entity List in the layout of the Consolidated Screening List. */
export function entityList(rows: readonly EntityRow[]): Buffer {
  const lines = rows.map((row) => {
    const cells: Record<string, string | undefined> = {
      source: 'Entity List (EL) - Bureau of Industry and Security',
      name: row.name,
      addresses: row.addresses,
      federal_register_notice: row.notice ?? '84 FR 29373',
      start_date: row.start,
      license_requirement: row.requirement ?? 'For all items subject to the EAR. (See § 744.11 of the EAR)',
      license_policy: 'Presumption of denial',
      alt_names: row.aliases,
      ...row.more,
    };
    return COLUMNS.split(',').map((column) => quoted(cells[column] ?? '')).join(',');
  });
  return Buffer.from([COLUMNS, ...lines, ''].join('\n'));
}

/** An edition of OFAC's list: entries as `[uid, name]`, addresses as `[uid, number, street, city, country]`, aliases as `[uid, number, name]`. */
export function sdnFiles(
  entries: readonly [uid: number, name: string][],
  addresses: readonly [uid: number, number: number, street: string, city: string, country: string][] | null,
  aliases: readonly [uid: number, number: number, name: string][] | null,
): { name: string; bytes: Buffer }[] {
  const file = (name: string, lines: string[]) => ({ name, bytes: Buffer.from(`${lines.join('\r\n')}\r\n\x1a\r\n`) });
  const nothing = '-0- ';
  return [
    file('sdn.csv', entries.map(([uid, name]) => [uid, `"${name}"`, nothing, '"CUBA"', ...Array<string>(8).fill(nothing)].join(','))),
    ...(addresses ? [file('add.csv', addresses.map(([uid, number, ...parts]) => [uid, number, ...parts.map((one) => `"${one}"`), nothing].join(',')))] : []),
    ...(aliases ? [file('alt.csv', aliases.map(([uid, number, name]) => [uid, number, '"aka"', `"${name}"`, nothing].join(',')))] : []),
  ];
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
