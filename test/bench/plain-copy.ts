import { spawnSync } from 'node:child_process';
import { answerOf, outputOf } from './child.js';

/** Text format would double every backslash; JSON text holds neither of these two. */
export const AS_IT_IS = `(format csv, quote E'\\x01', delimiter E'\\x02')`;

const hasPsql = spawnSync('psql', ['--version']).status === 0;

/** With what the floors are measured. */
export const copyProgram = hasPsql ? 'psql' : 'pg-copy-streams in a process of its own';

/** How long a COPY … TO STDOUT takes (ms): the statement alone, without starting the program and connecting. */
export function copyOut(url: string, sql: string): Promise<number> {
  return hasPsql ? timedByPsql(url, ['-c', '\\o /dev/null', '-c', sql]) : answerOf('./processes/copy.js', url, 'out', sql);
}

/** How long a COPY … FROM STDIN of a file takes (ms). */
export function copyIn(url: string, sql: string, file: string): Promise<number> {
  return hasPsql ? timedByPsql(url, ['-c', `\\${sql.replace('from stdin', `from '${file}'`)}`]) : answerOf('./processes/copy.js', url, 'in', sql, file);
}

async function timedByPsql(url: string, commands: string[]): Promise<number> {
  const said = await outputOf('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', '\\timing on', ...commands]);
  const time = /Time: ([\d.]+) ms/.exec(said);
  if (!time) throw new Error(`psql gave no time: ${said.slice(0, 500)}`);
  return Number(time[1]);
}
