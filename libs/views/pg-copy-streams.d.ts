declare module 'pg-copy-streams' {
  import type { Submittable } from 'pg';
  import type { Readable, Writable } from 'node:stream';

  /** What `COPY … TO STDOUT` gives, to be handed to `client.query`. */
  export function to(sql: string): Readable & Submittable;

  /** What `COPY … FROM STDIN` takes, to be handed to `client.query`. */
  export function from(sql: string): Writable & Submittable;
}
