import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, property, stringMatching } from 'fast-check';
import { splitRows } from './split-rows.js';

const value = stringMatching(/^[a-z0-9 ,"\n\u00e9;'-]{0,8}$/);

function printed(rows: string[][], lineEnd: string): string {
  const quoted = (text: string) => (/[",\n\r]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(quoted).join(',')).join(lineEnd);
}

describe('splitting rows', () => {
  it('gives back what was printed', () => {
    assert(
      property(array(array(value, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), constantFrom('\n', '\r\n'), (rows, lineEnd) => {
        expect(splitRows(printed(rows, lineEnd))).toEqual(rows);
      }),
    );
  });

  it('mixes line ends, and ends with or without one', () => {
    expect(splitRows('a,b\r\nc,d\n"e",f\r\n\r\n')).toEqual([['a', 'b'], ['c', 'd'], ['e', 'f']]);
    expect(splitRows('a,"b"')).toEqual([['a', 'b']]);
    expect(splitRows('a,')).toEqual([['a', '']]);
  });

  it('says on which line the quote stands that is never closed', () => {
    expect(splitRows('a,b\nc,"d\ne,f')).toMatchObject({ line: 2, problem: expect.stringContaining('inside a quoted value') });
  });

  it('refuses what stands behind a closing quote, and quotes inside plain values', () => {
    expect(splitRows('a,b\n"c"d,e')).toMatchObject({ line: 2 });
    expect(splitRows('a,b"c')).toMatchObject({ line: 1 });
  });

  it('refuses a value of absurd length, which only a stray quote makes', () => {
    expect(splitRows(`"${'a,b\n'.repeat(100_000)}",c`)).toMatchObject({ problem: expect.stringContaining('absurd length') });
  });
});
