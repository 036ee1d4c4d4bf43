import { constants } from 'node:os';

/** SIGINT or SIGTERM ended a command before it was done. */
export class Interrupted extends Error {
  constructor(readonly signal: 'SIGINT' | 'SIGTERM') {
    super(`ended by ${signal} before it was done. No edition is recorded by half.`);
    this.name = 'Interrupted';
  }

  /** The exit status by which shells know what ended a program. */
  get status(): number {
    return 128 + constants.signals[this.signal];
  }
}

/**
 * Does `work` with SIGINT and SIGTERM ending only what it lets them end: whatever it opened can then be closed, above all
 * the embedded server, which would run on for ever. A second signal ends the process at once. Where the command answers
 * a signal itself, it is left to it.
 * @param work is given a promise that rejects with `Interrupted` on a signal
 */
export async function interruptible<T>(work: (interruption: Promise<never>) => Promise<T>): Promise<T> {
  const listeners = new Map<'SIGINT' | 'SIGTERM', () => void>();
  const interruption = new Promise<never>((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      listeners.set(signal, () => process.listenerCount(signal) === 0 && reject(new Interrupted(signal)));
    }
  });
  // It may come when nobody waits for it.
  interruption.catch(() => {});
  for (const [signal, listener] of listeners) process.once(signal, listener);
  try {
    return await work(interruption);
  } finally {
    for (const [signal, listener] of listeners) process.removeListener(signal, listener);
  }
}
