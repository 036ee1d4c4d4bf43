/** The tree's rules of direction; each says what it protects. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-imports-nothing',
      comment: 'The domain is plain types and functions: node:crypto is the one thing it may use.',
      severity: 'error',
      from: { path: '^libs/listings/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^libs/listings/', '^node:crypto$', '^crypto$'] },
    },
    { name: 'libs-never-import-apps', severity: 'error', from: { path: '^(libs|infra)/' }, to: { path: '^apps/' } },
    { name: 'product-never-imports-tests', severity: 'error', from: { path: '^(libs|infra|apps)/', pathNot: '\\.test\\.ts$' }, to: { path: '^test/' } },
    {
      name: 'libraries-by-their-face',
      comment: "index.ts is a library's public face; nothing reaches past it.",
      severity: 'error',
      from: { path: '^(?:apps|test)/', pathNot: '^test/support/global-' },
      to: { path: '^(?:libs/[^/]+|infra/postgres)/', pathNot: '^(?:libs/[^/]+|infra/postgres)/index\\.ts$' },
    },
    {
      name: 'libraries-know-each-other-by-their-face',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^(?:libs/[^/]+|infra/postgres)/', pathNot: '^libs/$1/|^(?:libs/[^/]+|infra/postgres)/index\\.ts$' },
    },
    {
      name: 'sources-are-pure',
      comment: 'Reading is a pure function of the bytes: no database, no framework.',
      severity: 'error',
      from: { path: '^libs/sources/', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules/(pg|typeorm|@nestjs)/|^libs/(event-log|views|archive|contracts)/|^infra/' },
    },
    { name: 'kafka-behind-one-file', severity: 'error', from: { pathNot: '^libs/stream/(kafka|record\\.test)\\.ts$' }, to: { path: 'node_modules/kafkajs' } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
