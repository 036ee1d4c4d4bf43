/** What one look found: well, to be watched, or wrong; and what to do. */
export interface Diagnosis {
  about: string;
  state: 'ok' | 'watch' | 'wrong';
  /** What was found. */
  found: string;
  /** What to do; null where nothing has to be done. */
  advice: string | null;
}

export function ok(about: string, found: string): Diagnosis {
  return { about, state: 'ok', found, advice: null };
}

export function watch(about: string, found: string, advice: string): Diagnosis {
  return { about, state: 'watch', found, advice };
}

export function wrong(about: string, found: string, advice: string): Diagnosis {
  return { about, state: 'wrong', found, advice };
}
