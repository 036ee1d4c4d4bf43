import { describe, expect, it } from '@jest/globals';
import { preferredType } from './media-types.js';

const OFFERED = ['application/json', 'application/x-ndjson', 'text/csv'];

describe('the form of an answer', () => {
  it.each([
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['text/csv', 'text/csv'],
    ['TEXT/CSV; charset=utf-8', 'text/csv'],
    ['text/*', 'text/csv'],
    ['application/*', 'application/json'],
    ['text/csv, */*', 'text/csv'],
    ['text/csv;q=0.5, */*;q=0.8', 'application/json'],
    ['text/csv, application/json', 'application/json'],
    ['application/json;q=0.5, application/x-ndjson', 'application/x-ndjson'],
    ['*/*, application/json;q=0', 'application/x-ndjson'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'application/json'],
    ['application/xml', null],
    ['text/csv;q=0', null],
    ['text/csv;q=2', null],
    ['csv', null],
  ])('that Accept "%s" asks for is %s', (accept, type) => {
    expect(preferredType(accept, OFFERED)).toBe(type);
  });
});
