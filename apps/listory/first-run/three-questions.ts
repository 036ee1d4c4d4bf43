import { WhoWasAt, type AddressAnswer } from '../../api/addresses/who-was-at.js';
import { knownBy } from '../../api/asking/known-at.js';
import { toJson } from '../../api/asking/json-text.js';
import { ListingHistory } from '../../api/listings/listing-history.js';
import { WasListed, type ListedAnswer } from '../../api/listings/was-listed.js';
import { Problem } from '../../api/problems.js';
import type { Session } from '../session.js';
import { WHOLE } from '../questions.js';

const NETTRIX = 'Nettrix Information Industry Co., Ltd.';
const TIANJIN = 'No. 15, Haitai Huake Street, Huayuan Industrial Zone, Tianjin';
const RELISTED = 'un-sc:IRe.001';

/** Three questions with their answers from the database, each with the command and the URL that ask it again. */
export async function threeQuestions(session: Session, url: string): Promise<string> {
  const blocks = [await wasNettrixListed(session, url), await whoWasInTianjin(session, url), await whatHappened(session, url)];
  return blocks.filter((block) => block !== null).join('\n\n');
}

async function wasNettrixListed(session: Session, url: string): Promise<string | null> {
  const lines: string[] = [];
  for (const asOf of ['2025-03-24', '2025-03-25']) {
    const answer = await ask<ListedAnswer>(session, asOf, (moments) => new WasListed({ name: NETTRIX, lists: null }, moments));
    const found = parsed([...answer.listings, ...answer.notListed])[0] as { citations?: { text: string }[] } | undefined;
    const citation = found?.citations?.map((one) => one.text).join(', ');
    lines.push(`   on ${asOf}: ${answer.listed} (${answer.basis})${citation ? `, ${citation}` : ''}`);
  }
  return block(1, `Was ${NETTRIX} listed on 24 March 2025? And the day after?`, lines, [
    `npm run -s listory -- listed "${NETTRIX}" --as-of 2025-03-24`,
    `${url}/v1/listed?name=${encodeURIComponent(NETTRIX)}&asOf=2025-03-24`,
  ]);
}

async function whoWasInTianjin(session: Session, url: string): Promise<string | null> {
  const lines: string[] = [];
  for (const asOf of ['2020-01-01', '2025-04-01']) {
    const answer = await ask<AddressAnswer>(session, asOf, (moments) => new WhoWasAt({ text: TIANJIN, lists: null }, moments, WHOLE));
    const names = (parsed(answer.listings) as { name: string }[]).map((one) => one.name);
    lines.push(`   on ${asOf}: ${names.length > 0 ? names.join('; ') : 'nobody on a list'}`);
  }
  return block(2, `Who was at ${TIANJIN}?`, lines, [
    `npm run -s listory -- address "${TIANJIN}" --as-of 2020-01-01`,
    `${url}/v1/addresses?text=${encodeURIComponent(TIANJIN)}&asOf=2020-01-01`,
  ]);
}

async function whatHappened(session: Session, url: string): Promise<string | null> {
  const moments = { asOf: today(), knownAt: await knownBy(session.database.pool, undefined) };
  const answer = await session.queries.execute(new ListingHistory(RELISTED, moments)).catch(noneKnown);
  if (answer === null) return null;
  const history = JSON.parse(toJson(answer)) as { periods: { from: string; until: string | null }[] };
  const lines = history.periods.map(({ from, until }) => `   listed from ${from} ${until === null ? 'until now' : `until ${until}`}`);
  return block(3, `What became of ${RELISTED}?`, lines, [`npm run -s listory -- history ${RELISTED}`, `${url}/v1/listings/${RELISTED}/history`]);
}

/** A database of somebody's own need not hold what the sample does. */
function noneKnown(error: unknown): null {
  if (error instanceof Problem && error.problem === 'unknown-listing') return null;
  throw error;
}

function block(number: number, question: string, answer: string[], again: string[]): string {
  return [`${number}. ${question}`, ...answer, ...again.map((one) => `   ask again: ${one}`)].join('\n');
}

async function ask<A>(session: Session, asOf: string, question: (moments: { asOf: string; knownAt: Awaited<ReturnType<typeof knownBy>> }) => object): Promise<A> {
  const knownAt = await knownBy(session.database.pool, undefined);
  return session.queries.execute<object, A>(question({ asOf, knownAt }));
}

function parsed(texts: readonly unknown[]): unknown[] {
  return JSON.parse(toJson(texts)) as unknown[];
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
