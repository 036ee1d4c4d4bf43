import type { RecordedEvent } from '@listory/event-log';
import type { ListReading } from '@listory/listings';
import { sources } from '@listory/sources';
import { CorrectionError, IdentityError, UnknownListingError } from '../../apps/collector/errors.js';
import { Collector } from '../support/collector.js';
import { NaiveReplay } from './naive-replay.js';
import { documentsOf, type Step } from './random-history.js';

/** A recorded edition, the moment for which it speaks, and what it says of one list. */
export interface EditionDone {
  list: string;
  moment: string;
  reading: ListReading;
}

/** A history as it was done, on a database of its own, which `drop` of its collector removes. */
export class Done {
  /** What the bytes of each edition say of each list, by list and sha256. */
  private readonly readings = new Map<string, ListReading>();
  /** All that was recorded, in order. */
  events: RecordedEvent[] = [];

  private constructor(readonly collector: Collector) {}

  static async of(steps: readonly Step[]): Promise<Done> {
    const done = new Done(await Collector.fresh());
    try {
      for (const step of steps) await done.step(step);
      done.events = await done.collector.events();
      return done;
    } catch (error) {
      await done.collector.drop();
      throw error;
    }
  }

  get lists(): string[] {
    return [...new Set(this.standing().map((one) => one.list))].sort();
  }

  /** The recorded editions by moment, and what each says of a list: as known at a position, or now. */
  standing(known?: bigint): EditionDone[] {
    const recorded = this.events.filter(({ type, position }) => type === 'edition.recorded' && (known === undefined || position <= known));
    const byMoment = new Map<string, EditionDone>();
    for (const { list, subject, effectiveAt } of recorded) {
      byMoment.set(`${effectiveAt} ${list}`, { list, moment: effectiveAt!, reading: this.readings.get(`${list} ${subject}`)! });
    }
    return [...byMoment].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, edition]) => edition);
  }

  replay(list: string, known?: bigint): NaiveReplay {
    return new NaiveReplay(this.events.filter((event) => event.list === list && (known === undefined || event.position <= known)));
  }

  private async step(step: Step): Promise<void> {
    try {
      if (step.do === 'import') await this.import(step);
      else await this.decide(step);
    } catch (error) {
      // What cannot be decided so is refused.
      if (![CorrectionError, IdentityError, UnknownListingError].some((kind) => error instanceof kind)) throw error;
    }
  }

  private async import({ content, date, held }: Step & { do: 'import' }): Promise<void> {
    const { source } = content;
    const documents = documentsOf(content);
    const limits = new Map([...sources[source]!.memberLists].map((list) => [list, { share: 0.3, count: 1 }]));
    const results = await this.collector.import(source, documents, { date, limits, ...(held === 'release at once' ? { releaseReason: 'right' } : {}) });
    const waiting = results.find((one) => one.outcome === 'held');
    if (waiting && held === 'discard') await this.collector.discard(waiting.sha256);
    if (waiting && held === 'release') await this.collector.release(waiting.sha256, { date: waiting.date!, limits });
    for (const reading of sources[source]!.read([...documents]).lists) this.readings.set(`${reading.list} ${results[0]!.sha256}`, reading);
  }

  private async decide(step: Exclude<Step, { do: 'import' }>): Promise<void> {
    const { collector } = this;
    const { rows } = await collector.pool.query<{ listing: string }>('select listing from listings.listings order by listing');
    const ids = rows.map((row) => row.listing);
    if (ids.length === 0) return;
    const id = ids[step.target % ids.length]!;
    const ofList = ids.filter((one) => one !== id && one.split(':')[0] === id.split(':')[0]);
    const second = (number: number) => ofList[number % ofList.length] ?? 'nobody';
    if (step.do === 'link') await collector.link(id, second(step.other));
    else if (step.do === 'unlink') await this.unlink(id, step);
    else {
      const { field, value, remove, from } = step;
      const there = [...this.replay(id.split(':')[0]!).at('9999').values()].flatMap(({ content }) => (content[field] ?? []) as { name?: string; text?: string }[]);
      const gone = remove === null || !/^a(liases|ddresses)$/.test(field) ? undefined : there[remove % there.length];
      await collector.correct(id, field, { value, ...(gone ? { remove: gone.name ?? gone.text! } : {}), ...(from === null ? {} : { from }) });
    }
  }

  /** Takes apart what was linked, or a listing from a date on. */
  private async unlink(id: string, { other, from }: Step & { do: 'unlink' }): Promise<void> {
    if (other === null) return void (await this.collector.unlink(id, null, from));
    const links = (await this.collector.events()).filter(({ type, data }) => type === 'identity.linked' && data.continues === true);
    const link = links[other % links.length];
    if (link) await this.collector.unlink(link.subject, link.data.other as string);
  }
}
