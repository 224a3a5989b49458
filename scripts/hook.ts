/**
 * Builds `dist/hook.cjs`, the program that an agent waits for before each tool call. Node reads through
 * all of a file before it runs any of it, so what only some calls need lies in files beside it.
 */
import { join, relative, resolve } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const ENTRY = 'src/faces/cli/hook/main.ts';
/** Loaded by itself in the source, for other events do without; but the event that it is for is the one that has to be quick. */
const INSIDE = ['src/faces/cli/hook/beforeTool.ts'];

/** @param shared What all bundles have in common. @returns One metafile for each file that was written. */
export async function buildHook(root: string, shared: BuildOptions): Promise<Metafile[]> {
  const metafiles: Metafile[] = [];
  const built = new Set<string>();
  for (let files = [ENTRY]; files.length > 0; ) {
    const parts = new Set<string>();
    const { metafile } = await build({
      ...shared,
      entryPoints: Object.fromEntries(files.map((file) => [nameOf(file), file])),
      plugins: [apart(root, parts)],
      alias: { 'node:crypto': join(root, 'src/faces/cli/hook/light/crypto.ts'), 'node:os': join(root, 'src/faces/cli/hook/light/os.ts') },
      // A file of the older kind starts twice as fast as modules do, and loads others at once with `require`.
      format: 'cjs',
      supported: { 'dynamic-import': false },
      splitting: false,
      minify: true,
      sourcemap: false,
      banner: {},
      outExtension: { '.js': '.cjs' },
      metafile: true,
    });
    metafiles.push(metafile);
    files.forEach((file) => built.add(file));
    files = [...parts].filter((file) => !built.has(file)).sort();
  }
  return metafiles;
}

/** Makes a file of its own of what is loaded by `import()`. @param parts Gets their sources. */
function apart(root: string, parts: Set<string>): Plugin {
  return {
    name: 'apart',
    setup: (build) =>
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
        const source = relative(root, resolve(resolveDir, path)).replaceAll('\\', '/');
        if (kind !== 'dynamic-import' || INSIDE.includes(source)) return undefined;
        parts.add(source);
        return { path: `./${nameOf(source)}.cjs`, external: true };
      }),
  };
}

/** `hook` for the entry; `hook.adapters-node-policy-compile` for a part. */
function nameOf(source: string): string {
  return source === ENTRY ? 'hook' : `hook.${source.replace(/^src\//, '').replace(/\.ts$/, '').replaceAll('/', '-')}`;
}
