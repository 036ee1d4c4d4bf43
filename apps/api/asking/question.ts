import { applyDecorators, createParamDecorator, Get, Res, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { parameters, ref, type JsonSchema, type ParameterName } from '@listory/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problems.js';
import { checkParameters, type AskedWith } from './check-parameters.js';
import { preferredType } from './media-types.js';

/** A question over HTTP: what it is asked with, and what it is answered with. */
export interface Question extends AskedWith {
  /** Below the controller's path. */
  path: string;
  summary: string;
  description?: string;
  tag: string;
  /** Name of the answer's schema; or a schema by media type. */
  answer: string | Record<string, JsonSchema>;
  /** Further problems that it can answer with, by status. */
  problems?: number[];
}

const QUESTION = Symbol('question');

/** Makes a method answer a question over GET: routes, documents and checks its parameters. */
export function Answers(question: Question): MethodDecorator {
  const { path, summary, description, tag, inPath = {}, query = {}, required = [], answer, problems = [] } = question;
  const content = contentOf(answer);
  return applyDecorators(
    Get(path),
    SetMetadata(QUESTION, question),
    // A method that takes the reply answers by itself; given as one more argument, so that no method has to name it.
    (method: object, name: string | symbol) => Res()(method, name, 1),
    ApiOperation({ summary, ...(description ? { description } : {}), tags: [tag] }),
    ...Object.entries(inPath).map(([name, key]) => ApiParam({ name, ...documented(key), required: true } as never)),
    ...Object.entries(query).map(([name, key]) => ApiQuery({ name, ...documented(key), required: required.includes(name) } as never)),
    ApiProduces(...Object.keys(content)),
    ApiResponse({ status: 200, description: 'The answer.', content: asContent(content) } as never),
    ...(typeof answer === 'string' ? [ApiResponse({ status: 304, description: 'Nothing has changed since the answer with this ETag.' })] : []),
    ...[400, 406, ...problems].map((status) =>
      ApiResponse({ status, description: REASONS[status]!, content: asContent({ 'application/problem+json': ref('Problem') }) } as never),
    ),
  );
}

const REASONS: Record<number, string> = {
  400: 'The question cannot be read: the problem says which parameter and why.',
  404: 'There is no such thing.',
  406: 'There is no such representation.',
  503: 'Not ready.',
};

/** The answer's schema by media type; the first is the one that a client gets who does not say what it wants. */
function contentOf(answer: Question['answer']): Record<string, JsonSchema> {
  return typeof answer === 'string' ? { 'application/json': ref(answer) } : answer;
}

function documented(key: ParameterName) {
  const { description, schema, example } = parameters[key];
  const { format, ...rest } = schema as JsonSchema;
  // A format of ours means nothing to others.
  return { description, schema: { ...(format === 'date' ? schema : rest), examples: [example] } };
}

function asContent(content: Record<string, JsonSchema>) {
  return Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }]));
}

/** What was asked: the checked parameters, in which form the answer is wanted, and the request and reply to answer with. */
export interface Asked<P = Record<string, never>> {
  parameters: P;
  /** One of the media types of the question's answer. */
  mediaType: string;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** The checked parameters of a method that `Answers` a question. */
export const Asking = createParamDecorator((_: unknown, context: ExecutionContext): Asked => {
  const question = Reflect.getMetadata(QUESTION, context.getHandler()) as Question;
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const reply = context.switchToHttp().getResponse<FastifyReply>();
  const parameters = checkParameters(question, request) as Record<string, never>;
  const offered = Object.keys(contentOf(question.answer));
  const mediaType = preferredType(request.headers.accept, offered);
  if (mediaType === null) throw new Problem('not-acceptable', `This question is answered as ${offered.join(', ')}; Accept names none of these.`, { accept: offered });
  return { parameters, mediaType, request, reply };
});
