#!/usr/bin/env node
import './prepare/node-version.mjs';

// `npm run bench [-- ARGUMENTS]`: test/bench/main.ts, on the same build as `listory` has.
import('./checks/bench.mjs').then((bench) => bench.runBench(process.argv.slice(2)));
