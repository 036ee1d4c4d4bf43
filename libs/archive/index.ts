export * from './archive.js';
export * from './errors.js';
