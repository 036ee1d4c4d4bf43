#!/usr/bin/env node
import './prepare/node-version.mjs';

// `npm test [-- JEST ARGUMENTS]`: every check and every test, to the last line `N passed, N failed`.
import('./checks/index.mjs').then((checks) => checks.runChecks(process.argv.slice(2)));
