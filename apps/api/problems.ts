/** Every problem that the API can answer with: its status and title. The name is part of the contract. */
export const PROBLEMS = {
  'unknown-parameter': { status: 400, title: 'Unknown parameter' },
  'missing-parameter': { status: 400, title: 'Missing parameter' },
  'invalid-parameter': { status: 400, title: 'Invalid parameter' },
  'invalid-cursor': { status: 400, title: 'Invalid cursor' },
  'invalid-request': { status: 400, title: 'Invalid request' },
  'unknown-list': { status: 404, title: 'No such list' },
  'unknown-listing': { status: 404, title: 'No such listing' },
  'unknown-edition': { status: 404, title: 'No such edition' },
  'unknown-part': { status: 404, title: 'No such part of the edition' },
  'unknown-address': { status: 404, title: 'No such address' },
  'no-such-page': { status: 404, title: 'Nothing here' },
  'not-acceptable': { status: 406, title: 'No such representation' },
  'not-ready': { status: 503, title: 'Not ready' },
  'database-away': { status: 503, title: 'The database cannot be reached' },
  internal: { status: 500, title: 'Something broke' },
} as const;

export type ProblemName = keyof typeof PROBLEMS;

/** A question that cannot be answered, and why. */
export class Problem extends Error {
  constructor(
    readonly problem: ProblemName,
    readonly detail: string,
    /** Further members of the problem document; `parameter` names the one at fault. */
    readonly members: { parameter?: string; [member: string]: unknown } = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }

  get status(): number {
    return PROBLEMS[this.problem].status;
  }
}

/** The problem as RFC 9457 has it. */
export function problemDocument({ problem, detail, members }: Problem): Record<string, unknown> {
  const { status, title } = PROBLEMS[problem];
  return { type: `urn:listory:problem:${problem}`, title, status, detail, ...members };
}
