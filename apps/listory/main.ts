import 'reflect-metadata';
import { runCommandLine } from './command-line.js';
import { loadDotEnv } from './config.js';

loadDotEnv();
const status = await runCommandLine(process.argv.slice(2));
if (status !== undefined) process.exitCode = status;
