import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

import { npm } from './npm.ts';
import { buildFolderOnce } from './once.ts';
import { cacheDir, nodeBinary } from './paths.ts';

const run = promisify(execFile);
/** Chromium's package brings Open Sans only. These are for the editor, for symbols, and for emoji. */
const FONT_PACKAGES = ['dejavu-fonts-ttf@2.37.3', 'twemoji-colr-font@15.0.3', 'wawoff2@2.0.1'];

/** A Chromium and what it needs in its environment. */
export interface Browser {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The browser that drives VS Code: the one that `WHEELHOUSE_BROWSER` names, else the headless Chromium of the
 * npm package `@sparticuz/chromium`, unpacked once into `.vscode-test/` with the fonts and libraries it needs.
 */
export async function installBrowser(): Promise<Browser> {
  const own = process.env['WHEELHOUSE_BROWSER'];
  if (own) return { executable: own, env: {} };

  const archives = path.resolve(path.dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../bin');
  const { version } = JSON.parse(await readFile(path.join(archives, '../package.json'), 'utf8')) as { version: string };
  const folder = path.join(cacheDir, `chromium-${version}`);
  await buildFolderOnce(folder, async (partial) => {
    await inflate(path.join(archives, 'chromium.br'), path.join(partial, 'chromium'));
    for (const archive of ['al2023.tar', 'fonts.tar']) {
      await inflate(path.join(archives, `${archive}.br`), path.join(partial, archive));
      await run('tar', ['-xf', archive], { cwd: partial });
      await rm(path.join(partial, archive));
    }
    await writeFile(path.join(partial, 'package.json'), '{ "private": true }\n');
    await npm(partial, ['install', ...FONT_PACKAGES, '--ignore-scripts']);
    // Chromium takes no compressed font from the system.
    await run(nodeBinary, ['node_modules/wawoff2/bin/woff2_decompress.js', 'node_modules/twemoji-colr-font/twemoji.woff2', 'fonts/twemoji.ttf'], { cwd: partial });
    await writeFile(path.join(partial, 'fonts.conf'), fontsConf(folder));
  });

  const executable = path.join(folder, 'chromium');
  const env: Record<string, string> = { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') };
  // A bare machine has no NSS; the package brings the one it was built with.
  if (!(await starts(executable))) env['LD_LIBRARY_PATH'] = path.join(folder, 'lib');
  return { executable, env };
}

async function inflate(archive: string, target: string): Promise<void> {
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(target, { mode: 0o755 }));
}

const starts = (executable: string) =>
  run(executable, ['--version']).then(
    () => true,
    () => false,
  );

/** The same letters on every machine; scripts that they lack come from the system's fonts. */
const fontsConf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>${folder}/node_modules/dejavu-fonts-ttf/ttf</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias binding="same"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias binding="same"><family>sans-serif</family><prefer><family>Open Sans</family></prefer></alias>
  <match>
    <edit name="family" mode="append_last"><string>sans-serif</string><string>Open Sans</string><string>DejaVu Sans</string></edit>
  </match>
</fontconfig>
`;
