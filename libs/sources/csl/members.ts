import type { ListId } from '@listory/listings';

/** The lists that the Consolidated Screening List is made of, by the short name in its column `source`. */
const MEMBERS: Record<string, ListId> = {
  EL: 'us-bis-el',
  DPL: 'us-bis-dpl',
  UVL: 'us-bis-uvl',
  MEU: 'us-bis-meu',
  ISN: 'us-state-isn',
  DTC: 'us-state-dtc',
  SSI: 'us-ofac-ssi',
  PLC: 'us-ofac-plc',
  CMIC: 'us-ofac-cmic',
  CAP: 'us-ofac-cap',
  MBS: 'us-ofac-mbs',
  FSE: 'us-ofac-fse',
  SDN: 'us-csl-sdn',
};

export const cslMembers: ListId[] = Object.values(MEMBERS);

/**
 * The list of a row.
 * @param label such as `Entity List (EL) - Bureau of Industry and Security` or `Non-SDN Menu-Based Sanctions List (NS-MBS List) - …`
 * @returns null for a list that is not known
 */
export function memberOf(label: string): ListId | null {
  const [, name = ''] = /\((?:NS-)?([A-Z]+)(?: List)?\)/.exec(label) ?? [];
  return MEMBERS[name] ?? null;
}
