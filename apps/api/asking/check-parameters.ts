import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parameters, type Parameter, type ParameterName } from '@listory/contracts';
import { isDate } from '@listory/listings';
import { instantOf } from '@listory/views';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems.js';

/** What a question is asked with: parameters in the path and in the query, each with its entry of `parameters`. */
export interface AskedWith {
  inPath?: Record<string, ParameterName>;
  query?: Record<string, ParameterName>;
  required?: string[];
}

const ajv = new Ajv2020({ coerceTypes: true, useDefaults: true, strict: false });
ajv.addFormat('date', isDate);
ajv.addFormat('known-at', isKnownAt);
ajv.addFormat('uuid', true);
ajv.addFormat('date-time', true);

const compiled = new Map<ParameterName, ValidateFunction>();

/**
 * The parameters of a request, each checked against its schema; numbers are numbers, defaults are filled in.
 * @throws Problem for one that is unknown, missing, given twice, or not of its schema
 */
export function checkParameters({ inPath = {}, query = {}, required = [] }: AskedWith, request: FastifyRequest): Record<string, unknown> {
  checkEncoding(request.raw.url ?? '');
  const given = request.query as Record<string, unknown>;
  const allowed = Object.keys(query);
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(query, name)) {
      const known = allowed.length ? `This question takes: ${allowed.join(', ')}.` : 'This question takes no parameters.';
      throw new Problem('unknown-parameter', `There is no parameter '${printable(name)}' here. ${known}`, { parameter: printable(name) });
    }
  }
  const checked: Record<string, unknown> = {};
  for (const [name, key] of Object.entries(inPath)) checked[name] = check(name, key, (request.params as Record<string, unknown>)[name]);
  for (const [name, key] of Object.entries(query)) {
    const value = given[name];
    if (value !== undefined) checked[name] = check(name, key, value);
    else if (required.includes(name)) throw new Problem('missing-parameter', `${name} is missing: ${parameters[key].description}`, { parameter: name });
    else if ('default' in parameters[key].schema) checked[name] = (parameters[key] as Parameter).schema.default;
  }
  return checked;
}

function check(name: string, key: ParameterName, value: unknown): unknown {
  const { schema, description, example } = parameters[key] as Parameter;
  const fail = (why: string) => new Problem('invalid-parameter', `${name} ${why}. ${description} For example: ${example}`, { parameter: name });
  if (Array.isArray(value)) throw fail('is given more than once');
  let validate = compiled.get(key);
  if (!validate) compiled.set(key, (validate = ajv.compile({ type: 'object', properties: { value: schema } })));
  if (schema.type === 'integer' && !/^\d{1,16}$/.test(String(value))) throw fail('has to be a whole number');
  const holder = { value };
  if (validate(holder)) return holder.value;
  const error = validate.errors![0]!;
  if (error.keyword === 'format') throw fail(schema.format === 'date' ? 'is not a date of the calendar' : 'is neither an instant nor a position');
  if (error.keyword === 'pattern') throw fail('is not of the right form');
  if (error.keyword === 'enum') throw fail('is none of its values');
  throw fail(error.message ?? 'is wrong');
}

/** A query that is not well-formed would be read as something that was not meant. */
function checkEncoding(url: string): void {
  try {
    decodeURIComponent(url);
  } catch {
    throw new Problem('invalid-request', 'The address holds a % that is not followed by a byte of UTF-8 text in hexadecimal (RFC 3986).');
  }
}

function isKnownAt(text: string): boolean {
  if (/^@\d{1,19}$/.test(text)) return true;
  try {
    return instantOf(text) !== '';
  } catch {
    return false;
  }
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
}
