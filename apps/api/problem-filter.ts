import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { DocumentDamagedError, DocumentMissingError } from '@listory/archive';
import { NotAnInstantError } from '@listory/event-log';
import { KnownAtError } from '@listory/views';
import type { FastifyReply } from 'fastify';
import { Problem, problemDocument } from './problems.js';

/** Turns whatever is thrown into a problem document; the one place that does. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('api');

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = problemOf(error);
    if (problem.problem === 'internal') this.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    sendProblem(host.switchToHttp().getResponse<FastifyReply>(), problem);
  }
}

/** Answers with a problem; breaks the connection off where an answer has begun already. */
export function sendProblem(reply: FastifyReply, problem: Problem): void {
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  reply.removeHeader('etag');
  reply.removeHeader('content-disposition');
  if (problem.status === 503) reply.header('retry-after', '5');
  reply.code(problem.status).header('cache-control', 'no-store').type('application/problem+json').send(JSON.stringify(problemDocument(problem)));
}

/** The problem that stands for an error. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof KnownAtError || error instanceof NotAnInstantError) {
    return new Problem('invalid-parameter', error.message, { parameter: 'knownAt' });
  }
  if (error instanceof DocumentMissingError) return new Problem('unknown-edition', error.message);
  if (error instanceof DocumentDamagedError) return new Problem('internal', error.message);
  if (error instanceof HttpException) return ofStatus(error.getStatus(), error.message);
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  if (typeof statusCode === 'number' && statusCode < 500) return ofStatus(statusCode, message ?? '');
  if (isAway(code, message)) return new Problem('database-away', 'The database cannot be reached or is starting up. Try again.');
  return new Problem('internal', 'This is a fault of the service, not of the question. The log of the service says more.');
}

function ofStatus(status: number, message: string): Problem {
  if (status === 404) return new Problem('no-such-page', `${message}. See /openapi.json for what there is.`);
  if (status === 503) return new Problem('not-ready', message);
  return new Problem('invalid-request', message);
}

/** Connection refused, reset or lost; shutting down, starting up, too many connections; no connection in time. */
function isAway(code: string | undefined, message: string | undefined): boolean {
  if (code && /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|08\w{3}|57P0[123]|53300)$/.test(code)) return true;
  return /Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after calling end/.test(message ?? '');
}
