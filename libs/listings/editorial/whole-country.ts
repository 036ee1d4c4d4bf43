import { countryCode } from '../countries.js';
import { foldText } from '../fold-text.js';

/** Names that lead to the code of a country of which they are only a part, or one of two parts. */
const PARTS = new Set(['england', 'scotland', 'wales', 'northern ireland', 'great britain', 'west bank', 'gaza', 'gaza strip']);

/** The code of the country that a text names as a whole, and not by one of its parts; null where it names none. */
export function wholeCountry(text: string): string | null {
  return PARTS.has(foldText(text)) ? null : countryCode(text);
}
