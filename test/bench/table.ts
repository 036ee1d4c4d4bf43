import type { Result } from './result.js';
import type { Spread } from './statistics.js';

/** The results as a Markdown table; what was missed stands out. */
export function tableOf(results: readonly Result[]): string {
  const header = ['what', 'median (min..max)', 'floor in the same rounds', 'ratio', 'aim', ''];
  const rows = results.map((one) => [
    one.what,
    `${spread(one.measured)} ${one.unit}`,
    one.floor ? `${spread(one.floor.measured)} ${one.unit}: ${one.floor.what}` : '',
    one.ratio ? `× ${spread(one.ratio)}` : '',
    one.aim,
    one.met === null ? '' : one.met ? 'met' : '**MISSED**',
  ]);
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const notes = results.filter((one) => one.note).map((one) => `* ${one.what}: ${one.note}`);
  return `${lines.join('\n')}\n${notes.length ? `\n${notes.join('\n')}\n` : ''}`;
}

function spread({ median, min, max }: Spread): string {
  return min === max ? short(median) : `${short(median)} (${short(min)}..${short(max)})`;
}

function short(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-GB').replaceAll(',', ' ');
  return value.toPrecision(3).replace(/\.0+$/, '');
}
