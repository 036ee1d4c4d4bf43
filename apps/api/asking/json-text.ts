/** JSON that is text already, as the views store it: goes into an answer without being parsed. */
export class JsonText {
  constructor(readonly text: string) {}

  /** The value, for who needs to look inside. */
  parsed<T = Record<string, unknown>>(): T {
    return JSON.parse(this.text) as T;
  }
}

/** JSON of an answer: `JsonText` as it is, bigint as a number (positions fit exactly up to 2^53). */
export function toJson(value: unknown): string {
  if (value instanceof JsonText) return value.text;
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map((one) => toJson(one ?? null)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${members.map(([key, one]) => `${JSON.stringify(key)}:${toJson(one)}`).join(',')}}`;
}
