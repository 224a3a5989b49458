import path from 'node:path';

/** The project's root folder. */
export const projectRoot = path.resolve(import.meta.dirname, '../..');

/** Everything that tests and `npm start` download or keep lives here; git ignores it. */
export const cacheDir = path.join(projectRoot, '.vscode-test');

/** The Node 24 binary of the project's own `node` package, which VS Code's server asks for. */
export const nodeBinary = path.join(projectRoot, 'node_modules/node/bin/node');
