/**
 * SQL that prints an instant as every answer and event does: RFC 3339 in UTC with all six decimals. Cut shorter, it
 * would lie before the append that it stands for, and asking with it would not include that append.
 */
export function printedInstant(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
