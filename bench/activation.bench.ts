/** What the extension costs a starting editor: measured in a real VS Code, by VS Code itself. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { launchVSCode, whyNoVSCode } from '../test/harness/vscode/launch.ts';
import { testRepository } from '../test/helpers/repository.ts';
import { figure, type Figure } from './figure.ts';

const root = join(import.meta.dirname, '..');
const starts = 5;

export async function run(): Promise<Figure[]> {
  const eager = JSON.parse(readFileSync(join(root, 'dist', 'eager-bytes.json'), 'utf8')) as { extension: number; cli: number };
  const figures = [figure('eager JavaScript of the extension', eager.extension / 1024, 'KB', 1), figure('eager JavaScript of the command line', eager.cli / 1024, 'KB', 1)];
  try {
    figures.push(figure('package', statSync(join(root, 'dist', 'wheelhouse.vsix')).size / 1024, 'KB', 1));
  } catch {
    // Not packed: `npm run package` makes it.
  }
  const missing = await whyNoVSCode();
  if (missing !== false) {
    console.error(`no activation figures: ${missing}`);
    return figures;
  }
  const repository = testRepository({ 'a.txt': 'a\n' });
  try {
    const calls: number[] = [];
    const loads: number[] = [];
    const code = await launchVSCode({ folder: repository.root });
    try {
      for (let i = 0; i < starts; i++) {
        if (i > 0) await code.reload();
        const { load, call } = await activationTimes(code);
        loads.push(load);
        calls.push(call);
      }
    } finally {
      await code.dispose();
    }
    const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
    return [...figures, figure('activate() in a real VS Code', median(calls), 'ms', starts), figure('loading the extension\'s code in a real VS Code', median(loads), 'ms', starts)];
  } finally {
    await repository.dispose();
  }
}

/** Reads the row of the extension in the document of "Developer: Startup Performance". */
async function activationTimes(code: Awaited<ReturnType<typeof launchVSCode>>): Promise<{ load: number; call: number }> {
  await code.waitFor(() => code.evaluate((vscode) => vscode.extensions.getExtension('wheelhouse.wheelhouse')?.isActive === true), 'the extension is active');
  const report = await code.waitFor(async () => {
    await code.command('perfview.show');
    const text = await code.evaluate((vscode) => vscode.workspace.textDocuments.find((document) => document.uri.scheme === 'perf')?.getText() ?? '');
    return text.includes('wheelhouse.wheelhouse') ? text : '';
  }, 'the startup report', 30_000);
  // | Extension | Eager | Load Code | Call Activate | Finish Activate | Event | By |
  const cells = report.split('\n').find((line) => line.includes('wheelhouse.wheelhouse') && line.split('|').length > 6)?.split('|').map((cell) => cell.trim()) ?? [];
  return { load: Number(cells[3]), call: Number(cells[4]) };
}
