import type { Spread } from './statistics.js';

/** One line of the table. */
export interface Result {
  what: string;
  measured: Spread;
  /** Of `measured` and of the floor: `ms`, `events/s`, `MB`. */
  unit: string;
  /** The cheapest thing that does the same, measured in the same rounds. */
  floor?: { what: string; measured: Spread };
  /** Measured against floor, round by round. */
  ratio?: Spread;
  aim: string;
  /** Null: no aim, told for comparison. */
  met: boolean | null;
  /** Of what, how. */
  note?: string;
}

/** What a case needs to run. */
export interface Running {
  rounds: number;
  /** Fewer repetitions within a round, smaller histories. */
  quick: boolean;
  server: import('./server.js').Server;
  /** Says on stderr what is being done. */
  say(text: string): void;
}

export interface Case {
  name: string;
  about: string;
  run(running: Running): Promise<Result[]>;
}
