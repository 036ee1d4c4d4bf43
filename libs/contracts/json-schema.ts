/** A JSON Schema (2020-12) as a plain object; OpenAPI 3.1 uses the same. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  enum?: (string | number | boolean | null)[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  default?: unknown;
  examples?: unknown[];
}

/** A schema of `components.schemas`, by name. */
export function ref(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** An object with these members and no others; all are there except the optional ones. */
export function objectOf(properties: Record<string, JsonSchema>, optional: Record<string, JsonSchema> = {}, description?: string): JsonSchema {
  return {
    type: 'object',
    ...(description ? { description } : {}),
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

export function arrayOf(items: JsonSchema, description?: string): JsonSchema {
  return { type: 'array', items, ...(description ? { description } : {}) };
}

/** The schema, or null. */
export function orNull(schema: JsonSchema): JsonSchema {
  if (typeof schema.type === 'string' && !schema.enum && !schema.properties) return { ...schema, type: [schema.type, 'null'] };
  const { description, ...rest } = schema;
  return { ...(description ? { description } : {}), anyOf: [rest, { type: 'null' }] };
}

export function text(description?: string): JsonSchema {
  return { type: 'string', ...(description ? { description } : {}) };
}

export function oneOf(...values: string[]): JsonSchema {
  return { type: 'string', enum: values };
}

export function count(description?: string): JsonSchema {
  return { type: 'integer', minimum: 0, ...(description ? { description } : {}) };
}

export const date: JsonSchema = { type: 'string', format: 'date', description: 'A date, YYYY-MM-DD.' };

export const instant: JsonSchema = { type: 'string', format: 'date-time', description: 'An instant, RFC 3339 in UTC, with microseconds.' };

/** A date, or an instant of that day in whole seconds UTC. */
export const moment: JsonSchema = {
  type: 'string',
  pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}Z)?$',
  description: 'A date, or an instant of that day in whole seconds UTC.',
};

export const sha256: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in lower-case hex.' };

export const position: JsonSchema = { type: 'integer', minimum: 0, description: 'Position in the event log.' };

/** What a publisher says, named as it names it: any JSON. */
export const anything: JsonSchema = {};
