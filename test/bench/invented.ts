/** Numbers that look random and are the same on every machine and in every run (mulberry32). */
export class Dice {
  constructor(private state: number) {}

  /** 0 to `sides` - 1. */
  roll(sides: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * sides);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.roll(choices.length)]!;
  }
}

const SYLLABLES = 'ba chen dar el fen gor hai in jin kal lor mir nov os pek qua ran sim tor ul ves wen xi yar zhen'.split(' ');
const FORMS = ['Co., Ltd.', 'LLC', 'Trading FZE', 'GmbH', 'OOO', 'Group', 'International', 'JSC', 'Industries'];
const STREETS = ['Road', 'Street', 'Avenue', 'Rd.', 'St.', 'Prospekt', 'Boulevard'];
const COUNTRIES = ['CN', 'RU', 'IR', 'AE', 'TR', 'PK', 'HK', 'SY', 'BY', 'KP', 'VE', 'MX'];

export function inventedWord(dice: Dice): string {
  const word = Array.from({ length: 2 + dice.roll(2) }, () => dice.of(SYLLABLES)).join('');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export function inventedName(dice: Dice): string {
  return `${inventedWord(dice)} ${inventedWord(dice)} ${dice.of(FORMS)}`;
}

export interface InventedAddress {
  street: string;
  city: string;
  postalCode: string;
  country: string;
}

export function inventedAddress(dice: Dice): InventedAddress {
  return {
    street: `No. ${1 + dice.roll(900)}, ${inventedWord(dice)} ${dice.of(STREETS)}, Room ${100 + dice.roll(2000)}`,
    city: inventedWord(dice),
    postalCode: String(100_000 + dice.roll(800_000)),
    country: dice.of(COUNTRIES),
  };
}

export function inventedDate(dice: Dice, firstYear: number, years: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${firstYear + dice.roll(years)}-${two(1 + dice.roll(12))}-${two(1 + dice.roll(28))}`;
}
