/** Typography is not a change of fact: which changes of a listing are only of writing, and which element became which. */
export { classifyText, type Classification } from './editorial/text.js';
export { classifyJson } from './editorial/json.js';
export { pairAddresses, pairAliases, type ElementPair, type ElementPairs } from './editorial/elements.js';
