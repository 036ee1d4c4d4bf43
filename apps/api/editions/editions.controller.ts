import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Answerer } from '../asking/answerer.js';
import { requireList, requireListOrCompilation } from '../asking/known-lists.js';
import { Answers, Asking, type Asked } from '../asking/question.js';
import { EditionBytes, type EditionBytesAnswer } from './edition-bytes.js';
import { EditionsOfList } from './editions-of-list.js';
import { FetchesOfList } from './fetches-of-list.js';
import { OneEdition } from './one-edition.js';
import { Troubles } from './troubles.js';

interface OfList {
  list: string;
  knownAt?: string;
  limit: number;
  cursor?: string;
}

@Controller('v1')
export class EditionsController {
  constructor(
    private readonly answerer: Answerer,
    private readonly queries: QueryBus,
  ) {}

  @Answers({
    path: 'lists/:list/editions',
    tag: 'editions',
    summary: 'The recorded editions of a list, the latest first',
    inPath: { list: 'list' },
    query: { knownAt: 'knownAt', limit: 'limit', cursor: 'cursor' },
    answer: 'EditionsAnswer',
    problems: [404],
  })
  editions(@Asking() asked: Asked<OfList>): Promise<void> {
    const list = requireList(asked.parameters.list);
    return this.answerer.give(asked, (moments, page) => new EditionsOfList(list, moments, page));
  }

  @Answers({
    path: 'lists/:list/fetches',
    tag: 'editions',
    summary: 'Every fetch of a list or compilation, unchanged and failed ones too, the latest first',
    description: 'Of a list also those of compilations that hold it and could not be read: they stand under the name of the compilation.',
    inPath: { list: 'list' },
    query: { knownAt: 'knownAt', limit: 'limit', cursor: 'cursor' },
    answer: 'FetchesAnswer',
    problems: [404],
  })
  fetches(@Asking() asked: Asked<OfList>): Promise<void> {
    const list = requireListOrCompilation(asked.parameters.list);
    return this.answerer.give(asked, (moments, page) => new FetchesOfList(list, moments, page));
  }

  @Answers({
    path: 'editions/:sha256',
    tag: 'editions',
    summary: 'All that is known of one edition',
    inPath: { sha256: 'sha256' },
    query: { knownAt: 'knownAt' },
    answer: 'OneEditionAnswer',
    problems: [404],
  })
  edition(@Asking() asked: Asked<{ sha256: string; knownAt?: string }>): Promise<void> {
    return this.answerer.give(asked, (moments) => new OneEdition(asked.parameters.sha256, moments));
  }

  @Answers({
    path: 'editions/:sha256/bytes',
    tag: 'editions',
    summary: 'The bytes of an edition as they came',
    description:
      'Their SHA-256 is the one in the address: of an edition of one file the file, of an edition of several the manifest ' +
      '(a line `<sha256>  <name>` for each file, which `sha256sum -c` reads); `part` gives one of the files.',
    inPath: { sha256: 'sha256' },
    query: { part: 'part' },
    answer: { 'application/octet-stream': {}, 'text/plain': { type: 'string' } },
    problems: [404],
  })
  async bytes(@Asking() { parameters, request, reply }: Asked<{ sha256: string; part?: string }>): Promise<void> {
    const found = await this.queries.execute<EditionBytes, EditionBytesAnswer>(new EditionBytes(parameters.sha256, parameters.part));
    const etag = `"${found.sha256}"`;
    reply.header('etag', etag).header('cache-control', 'public, max-age=31536000, immutable');
    if (request.headers['if-none-match'] === etag) return void reply.code(304).send();
    for (const part of found.parts) reply.header('link', `<bytes?part=${encodeURIComponent(part)}>; rel="item"`);
    const name = found.name.replace(/[^\w.-]/g, '_');
    reply.header('content-disposition', `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(found.name)}`);
    reply.type(found.parts.length ? 'text/plain; charset=utf-8' : 'application/octet-stream').send(found.bytes);
  }

  @Answers({
    path: 'held',
    tag: 'editions',
    summary: 'Editions that were held, those that wait first; and the latest refused or failed fetches',
    query: { knownAt: 'knownAt', limit: 'limit' },
    answer: 'HeldAnswer',
  })
  held(@Asking() asked: Asked<{ knownAt?: string; limit: number }>): Promise<void> {
    return this.answerer.give(asked, (moments, page) => new Troubles(moments, page.limit));
  }
}
