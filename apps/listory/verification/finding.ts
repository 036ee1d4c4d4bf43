/** A promise that this database does not keep. */
export interface Finding {
  /** Which promise: `log`, `archive`, `editions`, `views`, `replay`. */
  promise: string;
  /** What differs, and where. */
  difference: string;
}
