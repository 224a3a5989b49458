/** The package as a user gets it: what is in it, how large it is, and that it runs. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { launchVSCode, whyNoVSCode } from '../harness/vscode/launch.ts';
import { testRepository } from '../helpers/repository.ts';

const root = join(import.meta.dirname, '..', '..');
const vsix = join(root, 'dist', 'wheelhouse.vsix');

const skip = await whyNoVSCode();

describe('the package', () => {
  let entries: string[];
  before(() => {
    execFileSync(process.execPath, ['scripts/package.ts'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    entries = namesInZip(readFileSync(vsix));
  });

  test('is at most 2.5 MB', () => {
    assert(statSync(vsix).size <= 2.5 * 1024 * 1024, `${statSync(vsix).size} bytes`);
  });

  test('holds what runs, and nothing else', () => {
    const hooks = readdirSync(join(root, 'dist')).filter((name) => /^hook.*\.cjs$/.test(name));
    assert(hooks.includes('hook.cjs'));
    for (const part of hooks) assert(entries.includes(`extension/dist/${part}`), `${part} is missing`);
    for (const needed of ['extension/dist/extension.js', 'extension/dist/cli.js', 'extension/dist/sql-wasm.wasm', 'extension/dist/THIRD-PARTY-NOTICES.txt', 'extension/package.json', 'extension/readme.md', 'extension/media/icons/wheelhouse.svg']) {
      assert(entries.some((entry) => entry.toLowerCase() === needed.toLowerCase()), `${needed} is missing`);
    }
    assert.deepEqual(entries.filter((entry) => /node_modules|\.ts$|\.map$|(^|\/)\.|extension\/(src|test|scripts|sample|bench)\//.test(entry)), []);
  });

  test('the extension loads at most 150 KB of JavaScript before it is asked for anything', () => {
    const { extension } = JSON.parse(readFileSync(join(root, 'dist', 'eager-bytes.json'), 'utf8')) as { extension: number };
    assert(extension <= 150 * 1024, `${extension} bytes`);
  });

  test('runs when it is installed', { skip }, async (t) => {
    const repository = testRepository({ 'app.txt': 'one\ntwo\n' });
    const code = await launchVSCode({ folder: repository.root, installVsix: vsix });
    t.after(async () => {
      await code.dispose();
      await repository.dispose();
    });
    const items = (await code.command('wheelhouse.review.logComment', { uri: join(repository.root, 'app.txt'), lineNumber: 2, text: '! from the package' })) as { text: string; severity: string }[];
    assert.deepEqual(items.map(({ text, severity }) => [text, severity]), [['from the package', 'must']]);
    assert.match(readFileSync(join(code.home, 'code_review.org'), 'utf8'), /from the package/);
  });
});

/** The names in a ZIP file's central directory. */
function namesInZip(zip: Buffer): string[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  const names: string[] = [];
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    names.push(zip.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}
