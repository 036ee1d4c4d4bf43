import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '@listory/event-log';
import type { EditionRef } from '@listory/listings';
import { Child, endChildren } from '../support/child.js';
import { Collector } from '../support/collector.js';
import { inventedEdition } from '../support/invented.js';
import { Seeded } from '../support/seed.js';

const ROUNDS = 100;
const EDITIONS = 180;
const AT_WORK = fileURLToPath(new URL('processes/at-work.ts', import.meta.url));

let killed: Collector;
let undisturbed: Collector;
/** How long one import took on average, in ms: kills fall within some of them on every machine. */
let usual: number;
beforeAll(async () => {
  [killed, undisturbed] = [await Collector.fresh(), await Collector.fresh()];
  const begun = performance.now();
  for (let number = 0; number < EDITIONS; number++) {
    const { source, documents, options } = inventedEdition(number);
    await undisturbed.import(source, documents, options);
  }
  usual = (performance.now() - begun) / EDITIONS;
});
afterEach(endChildren);
afterAll(async () => {
  await killed?.drop();
  await undisturbed?.drop();
});

/** Two processes at work, and others that are ready to take their places at once. */
class Crew {
  private readonly spares: Child[] = [];
  importer!: Child;
  projector!: Child;

  private async next(): Promise<Child> {
    while (this.spares.length < 3) this.spares.push(new Child(AT_WORK, [killed.url, 'at work'], { light: true }));
    const child = this.spares.shift()!;
    await child.says(/^ready$/);
    return child;
  }

  /** Fills the places of those who were killed. */
  async fill(): Promise<void> {
    if (!this.importer?.isRunning) this.importer = await this.next();
    if (this.projector?.isRunning) return;
    this.projector = await this.next();
    this.projector.tell('project');
    await this.projector.says(/^projecting$/);
  }
}

/** An event with everything but when it was recorded. */
function content(event: RecordedEvent) {
  return { ...event, recordedAt: null };
}

describe(`${ROUNDS} times kill -9 of an import or a projector, at any moment, on one database`, () => {
  it('leaves the log and the views that an undisturbed run leaves', async () => {
    const seeded = new Seeded('kills');
    const crew = new Crew();
    let amid = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await crew.fill();
      const { importer, projector } = crew;
      const victims = seeded.pick([[importer], [importer], [importer], [projector], [projector], [importer, projector]]);
      const before = importer.lines.length;
      importer.tell(`import ${Math.min(EDITIONS, Math.ceil(((round + 3) / ROUNDS) * EDITIONS))}`);
      await sleep(seeded.next() * 4 * usual);
      await Promise.all(victims.map((child) => child.kill()));
      if (victims.includes(importer)) amid += Number(importer.lines.at(-1)!.startsWith('begin'));
      else await importer.says(/^idle$/, before);
      expect(victims.map((child) => child.errors).join('')).toBe('');
    }
    expect(amid).toBeGreaterThan(ROUNDS / 4);
    await crew.fill();
    crew.importer.tell(`import ${EDITIONS}`);
    await crew.importer.says(/^idle$/);
    crew.projector.signal('SIGTERM');
    expect([await crew.projector.end(), crew.projector.errors]).toEqual([0, '']);

    const [events, wanted] = [await killed.events(), await undisturbed.events()];
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    expect(events.map(content)).toEqual(wanted.map(content));
    expect(appendsOfEditions(events)).toEqual(Array(EDITIONS).fill(1));
    expect(await killed.verify()).toEqual([]);
    const lists = [...new Set(events.map((event) => event.list))];
    expect(await killed.md5OfHistory(...lists)).toBe(await undisturbed.md5OfHistory(...lists));
  }, 300_000);
});

/** For each edition the number of appends that hold what it says of its lists. */
function appendsOfEditions(events: readonly RecordedEvent[]): number[] {
  const appends = new Map<string, Set<bigint>>();
  for (const { data, batchEnd } of events) {
    const { sha256, date } = data.edition as EditionRef;
    appends.set(`${date} ${sha256}`, (appends.get(`${date} ${sha256}`) ?? new Set()).add(batchEnd));
  }
  return [...appends.values()].map((one) => one.size);
}
