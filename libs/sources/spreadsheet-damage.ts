/** Months and numbers as a spreadsheet reformats what it takes for a date (`7-28`) or a large number. */
const REFORMATTED = /^(\d{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-\d{2}|\d(\.\d+)?E\+\d+)$/;

const FORMULA_ERROR = /^(#(NAME\?|REF!|VALUE!|N\/A|DIV\/0!|NUM!|NULL!)|#{4,})$/;

/** Nothing longer matches: most values are done with at once. */
const LONGEST = 24;

/**
 * What a spreadsheet did to a value: `7-28` becomes `28-Jul` (as the vessel of uid 23156 really did), a long number
 * `8.1E+11`, a name that begins with `=` `#NAME?`. OFAC prints names of vessels in capitals, so that a true `28-Jul`
 * is not to be expected.
 * @returns the problem, or null
 */
export function spreadsheetDamage(value: string): string | null {
  if (value.length > LONGEST) return null;
  if (REFORMATTED.test(value)) return `\`${value}\` was reformatted by a spreadsheet.`;
  if (FORMULA_ERROR.test(value)) return `\`${value}\` is a spreadsheet's error value.`;
  return null;
}
