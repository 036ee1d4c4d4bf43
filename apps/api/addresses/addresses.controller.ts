import { Controller } from '@nestjs/common';
import { Answerer } from '../asking/answerer.js';
import { listsNamed } from '../asking/known-lists.js';
import { Answers, Asking, type Asked } from '../asking/question.js';
import { AddressHistory } from './address-history.js';
import { WhoWasAt } from './who-was-at.js';

interface AskedAddress {
  text: string;
  list?: string;
  asOf?: string;
  knownAt?: string;
  limit: number;
  cursor?: string;
}

@Controller('v1/addresses')
export class AddressesController {
  constructor(private readonly answerer: Answerer) {}

  @Answers({
    path: '',
    tag: 'addresses',
    summary: 'Who was at this address, and who ever was',
    description: 'Addresses that are equal after folding first, then those that contain every word of the text (the shortest 1,000 of them).',
    query: { text: 'text', list: 'lists', asOf: 'asOf', knownAt: 'knownAt', limit: 'limit', cursor: 'cursor' },
    required: ['text'],
    answer: 'AddressAnswer',
    problems: [404],
  })
  addresses(@Asking() asked: Asked<AskedAddress>): Promise<void> {
    const { text, list } = asked.parameters;
    const lists = listsNamed(list);
    return this.answerer.give(asked, (moments, page) => new WhoWasAt({ text, lists }, moments, page));
  }

  @Answers({
    path: ':id/history',
    tag: 'addresses',
    summary: 'Who was at an address, and when',
    inPath: { id: 'addressId' },
    query: { knownAt: 'knownAt' },
    answer: 'AddressHistoryAnswer',
    problems: [404],
  })
  history(@Asking() asked: Asked<{ id: string; knownAt?: string }>): Promise<void> {
    return this.answerer.give(asked, (moments) => new AddressHistory(asked.parameters.id, moments));
  }
}
