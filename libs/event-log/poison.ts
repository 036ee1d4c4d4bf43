import type pg from 'pg';
import { applyBatch, HandlerFailed, type Following } from './batch.js';
import { checkpoints, recordStop } from './checkpoints.js';
import { PoisonEventError, TryAgainLater } from './errors.js';

/**
 * SQLSTATE classes and system codes that speak of the moment, not of the event. 25P03 and 25P04: the server ended the
 * transaction of a process that slept in it (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const PASSING = /^(08...|25P0[34]|40001|40P01|53...|55P03|57P0[1-5]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;

/** Whether trying the same again can succeed. */
export function isPassing(error: unknown): boolean {
  const reason = error instanceof HandlerFailed ? error.reason : error;
  if (reason instanceof TryAgainLater) return true;
  const { code, message } = reason as { code?: string; message?: string };
  return PASSING.test(code ?? '') || /connection (terminated|ended|closed|timeout)|Client has encountered a connection error|not queryable/i.test(message ?? '');
}

/**
 * After a batch failed: goes on append by append up to the one that fails, finds the event in it (the shortest
 * beginning of the append that fails, tried and rolled back; first at the event on which it stopped the last time, for
 * many processes may try again), and writes down where the follower stands and why.
 * @returns the error to stop with, or null if all went well this time
 */
export async function findPoison(pool: pg.Pool, following: Following, failed: HandlerFailed): Promise<PoisonEventError | null> {
  const until = failed.events.at(-1)!.position;
  try {
    for (;;) {
      const step = await applyBatch(pool, following, 1);
      if (step.kind === 'idle' || (step.kind === 'advanced' && step.position >= until)) return null;
    }
  } catch (error) {
    if (!(error instanceof HandlerFailed) || isPassing(error)) throw error;
    const { position, reason } = await shortestFailing(pool, following, error);
    await recordStop(pool, following.name, position, reason);
    return new PoisonEventError(following.name, position, reason);
  }
}

async function shortestFailing(pool: pg.Pool, following: Following, failed: HandlerFailed): Promise<{ position: bigint; reason: unknown }> {
  let passes = 0;
  let fails = failed;
  const known = await lastStop(pool, following.name);
  const index = failed.events.findIndex((event) => event.position === known);
  const likely = index < 0 ? [] : [index + 1, index];
  while (fails.events.length - passes > 1) {
    const take = likely.find((one) => one > passes && one < fails.events.length) ?? passes + Math.floor((fails.events.length - passes) / 2);
    const error = await trial(pool, following, take);
    if (error) fails = error;
    else passes = take;
  }
  return { position: fails.events.at(-1)!.position, reason: fails.reason };
}

/** The event on which the follower stopped the last time, if it stands there still. */
async function lastStop(pool: pg.Pool, name: string): Promise<bigint | null> {
  return (await checkpoints(pool)).find((one) => one.name === name)?.errorPosition ?? null;
}

async function trial(pool: pg.Pool, following: Following, take: number): Promise<HandlerFailed | null> {
  try {
    await applyBatch(pool, following, 1, undefined, take);
    return null;
  } catch (error) {
    if (error instanceof HandlerFailed && !isPassing(error)) return error;
    throw error;
  }
}
