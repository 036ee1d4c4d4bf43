#!/usr/bin/env node
import './prepare/node-version.mjs';

// `npm start`: the database, the sample history and the server, all in this one process.
import('./prepare/index.mjs').then((preparation) => preparation.runListory(['start'].concat(process.argv.slice(2))));
