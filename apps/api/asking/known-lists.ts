import { sources } from '@listory/sources';
import { Problem } from '../problems.js';

/** Every list that this version can read. */
export const knownLists: readonly string[] = [...new Set(Object.values(sources).flatMap((source) => source.memberLists))].sort();

/** Publications that hold several lists, and are none themselves. */
export const compilations: readonly string[] = Object.values(sources).flatMap(({ id, memberLists }) => (memberLists.includes(id) ? [] : [id]));

/** The lists that a publication holds; none for one that this version cannot read. */
export function memberListsOf(publication: string): readonly string[] {
  return Object.hasOwn(sources, publication) ? sources[publication]!.memberLists : [];
}

/** The names under which fetches of a list are recorded: its own, and those of the compilations that hold it. */
export function fetchedAs(list: string): string[] {
  return [list, ...compilations.filter((one) => one !== list && memberListsOf(one).includes(list))];
}

/**
 * The lists that `list` names: itself, or the member lists of a compilation; several with commas.
 * @throws Problem for a list that there is not
 */
export function listsNamed(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  return [...new Set(text.split(',').flatMap((name) => (knownLists.includes(name) ? [name] : membersOf(name))))];
}

/** @throws Problem for a list that there is not; of a compilation it names the members */
export function requireList(list: string): string {
  if (knownLists.includes(list)) return list;
  throw new Problem('unknown-list', `${list} is a compilation: ask for one of its lists: ${membersOf(list).join(', ')}.`, { parameter: 'list' });
}

/** @throws Problem for what is neither a list nor a compilation */
export function requireListOrCompilation(list: string): string {
  if (!knownLists.includes(list)) membersOf(list);
  return list;
}

function membersOf(name: string): string[] {
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (source) return source.memberLists;
  throw new Problem('unknown-list', `There is no list '${name}'. Lists: ${knownLists.join(', ')}.`, { parameter: 'list' });
}
