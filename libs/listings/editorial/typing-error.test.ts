import { describe, expect, it } from '@jest/globals';
import { isMistyped } from './typing-error.js';

describe('a word is mistyped beyond doubt', () => {
  it.each([
    ['techology', 'technology'],
    ['elecronic', 'electronic'],
    ['villlage', 'village'],
    ['reserach', 'research'],
    ['identificiation', 'identification'],
  ])('%s is %s', (one, other) => {
    expect([isMistyped(one, other), isMistyped(other, one)]).toEqual([true, true]);
  });
});

describe('a word may be another one', () => {
  it.each([
    ['when neither is an ordinary word', 'safronov', 'safraonov'],
    ['when both are', 'electronic', 'electronics'],
    ['when it is short', 'villae', 'village'],
    ['when the first letter is left out', 'echnology', 'technology'],
    ['when the first letter moves', 'etchnology', 'technology'],
    ['when the last letter is left out', 'technolog', 'technology'],
    ['when the last letter moves', 'technoloyg', 'technology'],
    ['when a letter is replaced', 'internacional', 'international'],
    ['when a letter comes into a shorter one', 'indusatry', 'industry'],
    ['when an ordinary word is near', 'shopping', 'shipping'],
    ['when a word of another language is near', 'entreprise', 'enterprise'],
    ['when two edits lie between', 'tecnolgy', 'technology'],
    ['when a digit is in it', 'techn0logy', 'technology'],
  ])('%s', (_when, one, other) => {
    expect([isMistyped(one, other), isMistyped(other, one)]).toEqual([false, false]);
  });
});
