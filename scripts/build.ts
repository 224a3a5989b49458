/**
 * Builds `dist/`: the extension and the command line, each an ES module that loads its parts when
 * they are needed. `vscode` is external to the extension only: that the command line builds without
 * it is the proof that the core is headless.
 */
import { globSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { buildHook } from './hook.ts';
import { thirdPartyNotices } from './notices.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const production = process.argv.includes('--production');

/** sql.js is CommonJS and uses three names that ES modules do not have. */
const commonJsBanner = [
  "import { createRequire as createRequire_ } from 'node:module';",
  'const require = createRequire_(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;',
].join(' ');

const shared = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  // VS Code 1.105 brings Node 22; the command line also runs on the Node 20 that users still have.
  target: 'node20',
  splitting: true,
  mainFields: ['module', 'main'],
  minify: production,
  keepNames: false,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: commonJsBanner },
  outdir: dist,
} satisfies BuildOptions;

/** Bytes of JavaScript that are loaded before anything was asked for: the entry and its static imports. */
export function eagerBytes(metafile: Metafile, entry: string): number {
  const seen = new Set<string>();
  const visit = (output: string): number => {
    if (seen.has(output)) return 0;
    seen.add(output);
    const info = metafile.outputs[output];
    if (!info) return 0;
    const statics = info.imports.filter((i) => i.kind === 'import-statement' && !i.external);
    return info.bytes + statics.reduce((sum, i) => sum + visit(i.path), 0);
  };
  return visit(entry);
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

/** `webview-ui/NAME/main.ts` becomes `dist/webview/NAME.js` and `.css`; `standalone.ts` a script that a file of its own can hold. */
const pages = globSync('webview-ui/*/{main,standalone}.ts', { cwd: root }).sort();
const pageName = (file: string) => basename(dirname(file)) + (basename(file) === 'main.ts' ? '' : '-standalone');

const [extension, cli, webview, hook] = await Promise.all([
  build({
    ...shared,
    entryPoints: { extension: 'src/faces/vscode/extension.ts' },
    chunkNames: 'extension/[name]-[hash]',
    external: ['vscode'],
  }),
  build({
    ...shared,
    entryPoints: { cli: 'src/faces/cli/cli.ts' },
    chunkNames: 'cli/[name]-[hash]',
  }),
  build({
    ...shared,
    entryPoints: Object.fromEntries(pages.map((file) => [pageName(file), file])),
    outdir: join(dist, 'webview'),
    platform: 'browser',
    // A page's script must stand alone: its policy lets it load nothing further.
    splitting: false,
    format: 'iife',
    target: 'es2022',
    banner: {},
    loader: { '.svg': 'dataurl' },
  }),
  buildHook(root, shared),
]);
await copyFile(join(root, 'node_modules/sql.js/dist/sql-wasm.wasm'), join(dist, 'sql-wasm.wasm'));

await writeFile(join(dist, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(root, [extension.metafile, cli.metafile, webview.metafile, ...hook]));

const sizes = {
  extension: eagerBytes(extension.metafile, relative(root, join(dist, 'extension.js'))),
  cli: eagerBytes(cli.metafile, relative(root, join(dist, 'cli.js'))),
};
await writeFile(join(dist, 'eager-bytes.json'), JSON.stringify(sizes));
console.log(`built dist/: extension ${Math.round(sizes.extension / 1024)} KB eager, command line ${Math.round(sizes.cli / 1024)} KB eager`);
