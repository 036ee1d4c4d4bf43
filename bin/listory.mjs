#!/usr/bin/env node
import './prepare/node-version.mjs';

// Nothing newer than Node 12's syntax here: an old Node has to come as far as the check above.
import('./prepare/index.mjs').then((preparation) => preparation.runListory(process.argv.slice(2)));
