import type { ListId, Reading } from '@listory/listings';
import type { SourceDocument } from './documents.js';

/** A publication and how to read it. */
export interface Source {
  id: string;
  /** The lists that a reading can hold. */
  memberLists: ListId[];
  /** The publisher's own download addresses, one for each part. */
  urls: { part: string; url: string }[];
  /** Hosts besides that of the address to which the publisher sends those who fetch. */
  redirectHosts: string[];
  /**
   * Reads one edition: a pure function of the documents; neither their order nor that of their rows matters.
   * @throws RefusedEditionError where they cannot be read as this publication
   */
  read(documents: SourceDocument[]): Reading;
}
