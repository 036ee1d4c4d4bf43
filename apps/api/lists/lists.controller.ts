import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ref } from '@listory/contracts';
import { Database } from '@listory/postgres';
import { Answerer, isInClientsHands, today, type Moments, type Page } from '../asking/answerer.js';
import { knownBy } from '../asking/known-at.js';
import { requireList } from '../asking/known-lists.js';
import { Answers, Asking, type Asked } from '../asking/question.js';
import { Problem } from '../problems.js';
import { CompareStates } from './compare-states.js';
import { ListAsOf } from './list-as-of.js';
import { ListsHeld, OneListHeld } from './lists-held.js';
import { isLinesType, pageSender, sendLines, type LinesType } from './send-list.js';
import { WholeList, type WholeListAnswer } from './whole-list.js';

interface OfList {
  list: string;
  asOf?: string;
  knownAt?: string;
}

interface Compared extends OfList {
  from?: string;
  to?: string;
  knownFrom?: string;
  knownTo?: string;
}

@Controller('v1/lists')
export class ListsController {
  constructor(
    private readonly answerer: Answerer,
    private readonly queries: QueryBus,
    private readonly database: Database,
  ) {}

  @Answers({ path: '', tag: 'lists', summary: 'What is held', query: { knownAt: 'knownAt' }, answer: 'ListsAnswer' })
  lists(@Asking() asked: Asked<{ knownAt?: string }>): Promise<void> {
    return this.answerer.give(asked, (moments) => new ListsHeld(moments));
  }

  @Answers({
    path: ':list',
    tag: 'lists',
    summary: 'What is held of one list',
    inPath: { list: 'list' },
    query: { knownAt: 'knownAt' },
    answer: 'OneListAnswer',
    problems: [404],
  })
  list(@Asking() asked: Asked<OfList>): Promise<void> {
    const list = requireList(asked.parameters.list);
    return this.answerer.give(asked, (moments) => new OneListHeld(list, moments));
  }

  @Answers({
    path: ':list/listings',
    tag: 'lists',
    summary: 'A list on a day',
    description:
      'In pages; or whole in one stream with `Accept: application/x-ndjson` (a listing a line) or `text/csv`. With `limit` or `cursor` ' +
      'these too come in pages, and `Link` with `rel="next"` says where the next one is. What the lines rest on stands in the headers: ' +
      '`listory-as-of`, `listory-known-at`, `listory-basis`, `listory-total`.',
    inPath: { list: 'list' },
    query: { asOf: 'asOf', knownAt: 'knownAt', limit: 'limit', cursor: 'cursor' },
    answer: { 'application/json': ref('ListAnswer'), 'application/x-ndjson': ref('Listing'), 'text/csv': { type: 'string' } },
    problems: [404],
  })
  async listings(@Asking() asked: Asked<OfList & { limit: number; cursor?: string }>): Promise<void> {
    const list = requireList(asked.parameters.list);
    const { mediaType, request } = asked;
    const question = (moments: Moments, page: Page) => new ListAsOf(list, moments, page);
    if (!isLinesType(mediaType)) return this.answerer.give(asked, question);
    const given = request.query as object;
    if ('limit' in given || 'cursor' in given) return this.answerer.give(asked, question, pageSender(request, mediaType));
    return this.stream(asked, list, mediaType);
  }

  @Answers({
    path: ':list/changes',
    tag: 'lists',
    summary: 'What differs between two days, or between two states of knowledge of one day',
    description: 'Either `from` and `to` (with `knownAt`), or `asOf` with `knownFrom` and `knownTo`.',
    inPath: { list: 'list' },
    query: { from: 'from', to: 'to', knownAt: 'knownAt', asOf: 'asOf', knownFrom: 'knownFrom', knownTo: 'knownTo' },
    answer: 'ChangesAnswer',
    problems: [404],
  })
  async changes(@Asking() asked: Asked<Compared>): Promise<void> {
    const { from, to, asOf, knownFrom, knownTo } = asked.parameters;
    const list = requireList(asked.parameters.list);
    checkComparison(asked.parameters);
    if (from !== undefined) {
      return this.answerer.give({ ...asked, parameters: { ...asked.parameters, asOf: to ?? today() } }, (moments) =>
        new CompareStates(list, { ...moments, asOf: from }, moments),
      );
    }
    const earlier = await knownBy(this.database.pool, knownFrom);
    const parameters = { ...asked.parameters, asOf: asOf!, ...(knownTo ? { knownAt: knownTo } : {}) };
    return this.answerer.give({ ...asked, parameters }, (moments) => new CompareStates(list, { asOf: asOf!, knownAt: earlier }, moments));
  }

  private async stream(asked: Asked<OfList>, list: string, mediaType: LinesType): Promise<void> {
    const { moments } = await this.answerer.momentsOf(asked);
    if (isInClientsHands(asked, moments)) return;
    const format = mediaType === 'text/csv' ? 'csv' : 'ndjson';
    const { rests, total, stream } = await this.queries.execute<WholeList, WholeListAnswer>(new WholeList(list, moments, format));
    sendLines(asked.reply, mediaType, rests, total, stream);
  }
}

/** @throws Problem where the parameters are not those of one of the two comparisons */
function checkComparison({ from, to, asOf, knownAt, knownFrom, knownTo }: Compared): void {
  const wrong = (parameter: string, why: string) => new Problem('invalid-parameter', `${why} Ask with from and to (and knownAt), or with asOf, knownFrom and knownTo.`, { parameter });
  if (from === undefined && knownFrom === undefined) throw new Problem('missing-parameter', 'from or knownFrom is missing. Ask with from and to (and knownAt), or with asOf, knownFrom and knownTo.', { parameter: 'from' });
  if (from !== undefined && knownFrom !== undefined) throw wrong('knownFrom', 'from and knownFrom ask for two different comparisons.');
  if (from !== undefined && knownTo !== undefined) throw wrong('knownTo', 'knownTo goes with knownFrom.');
  if (from !== undefined && asOf !== undefined) throw wrong('asOf', 'asOf goes with knownFrom and knownTo.');
  if (knownFrom === undefined) return;
  if (to !== undefined) throw wrong('to', 'to goes with from.');
  if (knownAt !== undefined) throw wrong('knownAt', 'knownAt goes with from and to.');
  if (asOf === undefined) throw new Problem('missing-parameter', 'asOf is missing: the day whose two states of knowledge are compared.', { parameter: 'asOf' });
}
