import { Dice, inventedAddress, inventedDate, inventedName, inventedWord } from './invented.js';

/** The lists and numbers of rows of the edition of 2022-05-06. */
const ROWS: Record<string, number> = {
  'Specially Designated Nationals (SDN) - Treasury Department': 10_026,
  'Entity List (EL) - Bureau of Industry and Security': 2_001,
  'ITAR Debarred (DTC) - State Department': 727,
  'Denied Persons List (DPL) - Bureau of Industry and Security': 462,
  'Sectoral Sanctions Identifications List (SSI) - Treasury Department': 290,
  'Unverified List (UVL) - Bureau of Industry and Security': 201,
  'Nonproliferation Sanctions (ISN) - State Department': 163,
  'Palestinian Legislative Council List (PLC) - Treasury Department': 78,
  'Military End User (MEU) List - Bureau of Industry and Security': 71,
  'Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department': 68,
  'Capta List (CAP) - Treasury Department': 53,
  'Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department': 17,
  'Foreign Sanctions Evaders (FSE) - Treasury Department': 3,
};

const COLUMNS =
  '_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,standard_order,' +
  'license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,vessel_flag,vessel_owner,' +
  'remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,source_information_url,ids';

/** A made-up Consolidated Screening List of the size and shape of the real one: 14,160 rows, always the same bytes. */
export function syntheticCsl(): string {
  const dice = new Dice(20_220_506);
  const lines = [COLUMNS];
  let number = 1_000;
  for (const [source, rows] of Object.entries(ROWS)) {
    for (let row = 0; row < rows; row++) lines.push(line({ source, ...cells(dice, source, number++) }));
  }
  return `${lines.join('\n')}\n`;
}

function cells(dice: Dice, source: string, number: number): Record<string, string> {
  const isTreasury = source.includes('Treasury');
  const often = (percent: number, text: () => string) => (dice.roll(100) < percent ? text() : '');
  const several = (most: number, text: () => string) => Array.from({ length: 1 + dice.roll(most) }, text).join('; ');
  const isPerson = isTreasury && dice.roll(2) === 0;
  return {
    _id: String(number),
    entity_number: isTreasury ? String(number) : '',
    type: isTreasury ? (isPerson ? 'Individual' : 'Entity') : '',
    programs: isTreasury ? dice.of(['SDGT', 'IFSR; SDGT', 'SYRIA', 'UKRAINE-EO13662', 'DPRK', 'NPWMD; IFSR']) : '',
    name: isPerson ? `${inventedWord(dice).toUpperCase()}, ${inventedWord(dice)}` : inventedName(dice),
    addresses: often(77, () => several(2, () => {
      const { street, city, postalCode, country } = inventedAddress(dice);
      return `${street}, ${city}, ${postalCode}, ${country}`;
    })),
    ...(isTreasury ? treasuryCells(dice, isPerson, often, several) : commerceCells(dice)),
    remarks: often(33, () => `(Linked To: ${inventedName(dice).toUpperCase()}); Additional information ${inventedWord(dice)}`),
    source_list_url: 'http://bit.ly/1I7ipyR',
    source_information_url: 'http://bit.ly/1MLgpye',
    alt_names: often(48, () => several(4, () => inventedName(dice))),
  };
}

type Often = (percent: number, text: () => string) => string;
type Several = (most: number, text: () => string) => string;

function treasuryCells(dice: Dice, isPerson: boolean, often: Often, several: Several): Record<string, string> {
  return {
    dates_of_birth: isPerson ? inventedDate(dice, 1940, 60) : '',
    places_of_birth: isPerson ? often(60, () => `${inventedWord(dice)}, ${inventedWord(dice)}`) : '',
    nationalities: isPerson ? often(55, () => dice.of(['CN', 'RU', 'IR', 'SY'])) : '',
    ids: often(80, () => several(3, () => `${dice.of(['CN', 'RU', 'IR'])}, ${1_000_000 + dice.roll(9_000_000)}, ${dice.of(['Passport', 'Tax ID No.', 'Registration ID'])}`)),
  };
}

function commerceCells(dice: Dice): Record<string, string> {
  return {
    federal_register_notice: `${60 + dice.roll(27)} FR ${1_000 + dice.roll(70_000)}`,
    start_date: inventedDate(dice, 2000, 22),
    license_requirement: 'For all items subject to the EAR. (See §744.11 of the EAR)',
    license_policy: 'Presumption of denial.',
  };
}

function line(row: Record<string, string>): string {
  return COLUMNS.split(',').map((column) => quoted(row[column] ?? '')).join(',');
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
