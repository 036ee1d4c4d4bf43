/** What a change of text is, and why in words. */
export interface Classification {
  class: 'editorial' | 'substantive';
  reason: string;
}

/** A change of writing only. */
export function editorial(reason: string): Classification {
  return { class: 'editorial', reason };
}

/** A change of fact, or one that could be. */
export function substantive(reason: string): Classification {
  return { class: 'substantive', reason };
}
