/** What an entry of the UN's list says; whatever is left out is blank. */
export interface UnEntry {
  reference: string;
  name: string;
  listedOn?: string;
  /** The days on which the UN says that it changed the entry. */
  changedOn?: readonly string[];
  aliases?: readonly string[];
  addresses?: readonly string[];
  comments?: string;
}

/** An edition of the UN's consolidated list, of entities only. */
export function unList(entries: readonly UnEntry[], generated = '2025-01-01T08:00:00.000Z'): Buffer {
  const text = (name: string, value: string | undefined) => (value ? `<${name}>${escaped(value)}</${name}>` : `<${name}/>`);
  const entities = entries.map(({ reference, name, listedOn, changedOn = [], aliases = [], addresses = [], comments }) =>
    [
      '<ENTITY>',
      text('FIRST_NAME', name),
      '<UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>',
      text('REFERENCE_NUMBER', reference),
      text('LISTED_ON', listedOn),
      text('COMMENTS1', comments),
      `<LAST_DAY_UPDATED>${changedOn.map((day) => text('VALUE', day)).join('')}</LAST_DAY_UPDATED>`,
      ...aliases.map((alias) => `<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY>${text('ALIAS_NAME', alias)}</ENTITY_ALIAS>`),
      ...addresses.map((street) => `<ENTITY_ADDRESS>${text('STREET', street)}<COUNTRY>Iraq</COUNTRY></ENTITY_ADDRESS>`),
      '</ENTITY>',
    ].join(''),
  );
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><CONSOLIDATED_LIST dateGenerated="${generated}"><INDIVIDUALS/><ENTITIES>${entities.join('\n')}</ENTITIES></CONSOLIDATED_LIST>`,
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
