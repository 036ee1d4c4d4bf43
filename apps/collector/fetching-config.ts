import { FetchSettingError, parseSchedules, type Schedule } from '@listory/fetching';
import { sources } from '@listory/sources';
import type { HoldLimits } from './hold.js';

/** What is fetched by the clock, and from where. */
export interface FetchingConfig {
  schedules: readonly Schedule[];
  /** Other addresses than the publishers', by `list/part`. */
  urls: ReadonlyMap<string, string>;
  limits: HoldLimits;
}

/** `us-bis-el` is part of `us-csl`, which has it from the same address. */
const USUAL = ['us-ofac-sdn', 'us-ofac-cons', 'un-sc', 'us-csl'];

/**
 * Reads LISTORY_FETCH (see `parseSchedules`) and LISTORY_FETCH_URLS, such as
 * `un-sc/consolidated.xml=https://mirror.example/un.xml,us-ofac-sdn/sdn.csv=…`.
 * @param usual LISTORY_FETCH where it is not set
 * @throws FetchSettingError
 */
export function readFetchingConfig(limits: HoldLimits, usual: 'on' | 'off', env: NodeJS.ProcessEnv = process.env): FetchingConfig {
  const schedules = parseSchedules(env.LISTORY_FETCH || usual, USUAL, Object.keys(sources));
  const urls = new Map<string, string>();
  for (const one of (env.LISTORY_FETCH_URLS ?? '').split(',').filter((text) => text.trim() !== '')) {
    const [, source = '', part = '', url = ''] = /^\s*([a-z-]+)\/([^=/]+)=(https?:\/\/\S+)\s*$/.exec(one) ?? [];
    const parts = sources[source]?.urls.map((known) => `${source}/${known.part}`);
    if (!parts?.includes(`${source}/${part}`)) {
      const known = Object.values(sources).flatMap(({ id, urls: all }) => all.map((known) => `${id}/${known.part}`));
      throw new FetchSettingError('LISTORY_FETCH_URLS', one, `an address for one of these: ${known.join(', ')}; such as un-sc/consolidated.xml=https://mirror.example/un.xml`);
    }
    urls.set(`${source}/${part}`, url);
  }
  return { schedules, urls, limits };
}
