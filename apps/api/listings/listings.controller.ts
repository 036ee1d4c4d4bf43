import { Controller } from '@nestjs/common';
import { Answerer } from '../asking/answerer.js';
import { listsNamed } from '../asking/known-lists.js';
import { Answers, Asking, type Asked } from '../asking/question.js';
import { Problem } from '../problems.js';
import { ListingHistory } from './listing-history.js';
import { WasListed } from './was-listed.js';

interface AskedListed {
  name?: string;
  id?: string;
  list?: string;
  asOf?: string;
  knownAt?: string;
}

@Controller('v1')
export class ListingsController {
  constructor(private readonly answerer: Answerer) {}

  @Answers({
    path: 'listed',
    tag: 'listings',
    summary: 'Was it listed?',
    description: 'By name (names and aliases are compared after folding) or by the id of a listing: yes, no, or unknown, and on what that rests.',
    query: { name: 'name', id: 'id', list: 'lists', asOf: 'asOf', knownAt: 'knownAt' },
    answer: 'ListedAnswer',
    problems: [404],
  })
  listed(@Asking() asked: Asked<AskedListed>): Promise<void> {
    const { name, id, list } = asked.parameters;
    if (name === undefined && id === undefined) throw new Problem('missing-parameter', 'name or id is missing: who is asked for?', { parameter: 'name' });
    if (name !== undefined && id !== undefined) throw new Problem('invalid-parameter', 'name and id are both given: ask for one of them.', { parameter: 'id' });
    if (id !== undefined && list !== undefined) throw new Problem('invalid-parameter', 'list goes with name: an id says its list itself.', { parameter: 'list' });
    const lists = listsNamed(list);
    const who = { ...(name === undefined ? {} : { name }), ...(id === undefined ? {} : { id }), lists };
    return this.answerer.give(asked, (moments) => new WasListed(who, moments));
  }

  @Answers({
    path: 'listings/:id',
    tag: 'listings',
    summary: 'One listing on a day',
    inPath: { id: 'id' },
    query: { asOf: 'asOf', knownAt: 'knownAt' },
    answer: 'ListedAnswer',
    problems: [404],
  })
  listing(@Asking() asked: Asked<{ id: string; asOf?: string; knownAt?: string }>): Promise<void> {
    return this.answerer.give(asked, (moments) => new WasListed({ id: asked.parameters.id, lists: null }, moments));
  }

  @Answers({
    path: 'listings/:id/history',
    tag: 'listings',
    summary: 'The life of one listing',
    inPath: { id: 'id' },
    query: { knownAt: 'knownAt' },
    answer: 'HistoryAnswer',
    problems: [404],
  })
  history(@Asking() asked: Asked<{ id: string; knownAt?: string }>): Promise<void> {
    return this.answerer.give(asked, (moments) => new ListingHistory(asked.parameters.id, moments));
  }
}
