import type pg from 'pg';
import { applyBatch, HandlerFailed, type Following } from './batch.js';
import { recordStop } from './checkpoints.js';
import { PoisonEventError, TryAgainLater } from './errors.js';

/** SQLSTATE classes and system codes that speak of the moment, not of the event. */
const PASSING = /^(08...|40001|40P01|53...|55P03|57P0[1-5]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;

/** Whether trying the same again can succeed. */
export function isPassing(error: unknown): boolean {
  const reason = error instanceof HandlerFailed ? error.reason : error;
  if (reason instanceof TryAgainLater) return true;
  const { code, message } = reason as { code?: string; message?: string };
  return PASSING.test(code ?? '') || /connection (terminated|ended|closed|timeout)|Client has encountered a connection error|not queryable/i.test(message ?? '');
}

/**
 * After a batch failed: goes on append by append up to the one that fails, finds the event in it (the shortest
 * beginning of the append that fails, tried and rolled back), and writes down where the follower stands and why.
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
  while (fails.events.length - passes > 1) {
    const middle = passes + Math.floor((fails.events.length - passes) / 2);
    const error = await trial(pool, following, middle);
    if (error) fails = error;
    else passes = middle;
  }
  return { position: fails.events.at(-1)!.position, reason: fails.reason };
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
