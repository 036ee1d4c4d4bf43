import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readDocument } from '@listory/archive';
import { Database } from '@listory/postgres';
import { editionsBySha256, seenPosition } from '@listory/views';
import { Problem } from '../problems.js';

/** The bytes of an edition as they came; of an edition of several files the manifest, or with `part` one of them. */
export class EditionBytes {
  constructor(
    readonly sha256: string,
    readonly part: string | undefined,
  ) {}
}

export interface EditionBytesAnswer {
  bytes: Buffer;
  sha256: string;
  name: string;
  /** Names of all files, where these bytes are the manifest of several. */
  parts: string[];
}

@QueryHandler(EditionBytes)
export class EditionBytesHandler implements IQueryHandler<EditionBytes, EditionBytesAnswer> {
  constructor(private readonly database: Database) {}

  /** @throws Problem where there is no such edition or part */
  async execute({ sha256, part }: EditionBytes): Promise<EditionBytesAnswer> {
    const { pool } = this.database;
    const { recorded, held, fetches } = await editionsBySha256(pool, sha256, await seenPosition(pool));
    if (recorded.length + held.length + fetches.length === 0) {
      throw new Problem('unknown-edition', `There is no edition with sha256 ${sha256}. See /v1/lists/{list}/editions.`, { parameter: 'sha256' });
    }
    // Of a refused edition no event names the files; its bytes are a file's, or a manifest.
    const documents = (recorded[0] ?? held[0])?.documents ?? [];
    if (part === undefined) {
      const single = documents.length === 1 ? documents[0]!.name : null;
      const parts = documents.length > 1 ? documents.map((one) => one.name) : [];
      return { bytes: await readDocument(pool, sha256), sha256, name: single ?? `${sha256.slice(0, 12)}.${parts.length ? 'manifest' : 'bin'}`, parts };
    }
    const document = documents.find((one) => one.name === part);
    if (!document) {
      const names = documents.map((one) => one.name).join(', ') || 'none is named';
      throw new Problem('unknown-part', `This edition has no part '${part}'. Parts: ${names}.`, { parameter: 'part' });
    }
    return { bytes: await readDocument(pool, document.sha256), sha256: document.sha256, name: document.name, parts: [] };
  }
}
