import { hash } from 'node:crypto';
import { hashState, type ListingState } from '@listory/listings';

/** A state as the view stores it: its id depends on the listing and the content only, so a rebuild gives it again. */
export interface StoredState {
  stateId: string;
  core: string;
  aliases: string;
  addresses: string;
  /** The name and the aliases. */
  names: string;
  body: string;
}

/** What is stored of one state of a listing. */
export function storedState(list: string, listing: string, state: ListingState): StoredState {
  const hashes = hashState(state);
  const { declaredFrom: _, ...content } = state;
  const digest = hash('sha256', `${listing}\n${hashes.core}${hashes.aliases}${hashes.addresses}`, 'hex');
  const stateId = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-${digest.slice(12, 16)}-${digest.slice(16, 20)}-${digest.slice(20, 32)}`;
  const names = hash('sha256', `${state.name}\n${hashes.aliases}`, 'base64').slice(0, 16);
  return { stateId, ...hashes, names, body: JSON.stringify({ id: listing, list, ...content }) };
}
