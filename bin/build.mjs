#!/usr/bin/env node
import './prepare/node-version.mjs';

// `npm run build`: as `listory` does it before it starts, only that it builds although nothing has changed.
import('./prepare/index.mjs').then((preparation) => preparation.prepareOrExit({ always: true }));
