/** `prompts timeline`: a page that needs nothing but itself. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { systemClock } from '../../../adapters/node/clock.ts';
import { nodeFiles } from '../../../adapters/node/files.ts';
import { nodeHasher } from '../../../adapters/node/hash.ts';
import { nodeProcesses } from '../../../adapters/node/processes.ts';
import type { Prompts } from '../../../adapters/node/prompts/prompts.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import { localDateTime, pastedParts, timelineFileJson, timelineHtml, type Prompt } from '../../../core/prompts/index.ts';
import { text, type Answer, type Input } from '../verb.ts';
import { dayStart } from './promptsOptions.ts';

export async function timeline(prompts: Prompts, home: string, input: Input): Promise<Answer> {
  const first = input.args[0] ?? localDateTime(Date.now(), systemClock).slice(0, 10);
  const last = text(input.options['to']) ?? first;
  const [from, to] = [dayStart('DATE', first), dayStart('to', last, 1)];
  if (to <= from) throw new WheelhouseError('usage', `--to ${last} is before ${first}. Give the later day last.`);
  const { added } = await prompts.sync({ signal: input.signal });
  const found: Prompt[] = [];
  for await (const prompt of prompts.each({ from, to, commands: input.options['include-slash-commands'] === true })) found.push(prompt);
  const name = first === last ? first : `${first}_to_${last}`;
  const file = resolve(text(input.options['output']) ?? join(home, 'Downloads', `timeline_${name}.html`));
  const title = first === last ? first : `${first} to ${last}`;
  const data = timelineFileJson(found, { title, writtenAt: Date.now(), pastedOf: pastedParts });
  await nodeFiles.writeText(file, [...timelineHtml({ title: `Prompts on ${title}`, lang: 'en', data, ...pageParts(input.program) }, nodeHasher)].join(''));
  const opened = input.options['no-open'] !== true && (await open(file));
  return {
    json: { file, prompts: found.length, synced: added, opened },
    text: [...(added > 0 ? [`✓ Synced ${added} new prompts`] : []), `✓ Generated timeline: ${file}`, ...(opened ? ['  Opened in browser'] : [])].join('\n'),
  };
}

/** The page's bundle lies beside the program, or, when that runs from source, where the build puts it. */
function pageParts(program: string): { script: string; style: string } {
  const folders = [join(dirname(program), 'webview'), join(dirname(program), '../../../dist/webview')];
  const folder = folders.find((each) => existsSync(join(each, 'timeline-standalone.js')));
  if (folder === undefined) throw new WheelhouseError('unreadable', `The page is missing: ${join(folders[0] ?? '', 'timeline-standalone.js')}. Run "npm run build", or install Wheelhouse again.`);
  const style = join(folder, 'timeline-standalone.css');
  return { script: readFileSync(join(folder, 'timeline-standalone.js'), 'utf8'), style: existsSync(style) ? readFileSync(style, 'utf8') : '' };
}

/** @returns whether a program took it; a machine without a desktop has none. */
async function open(file: string): Promise<boolean> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return false;
  const argv = { darwin: ['open', file], win32: ['explorer.exe', file] }[process.platform as string] ?? ['xdg-open', file];
  try {
    const ran = await nodeProcesses().run(argv as [string, ...string[]], { cwd: dirname(file), timeoutMs: 10_000 });
    return ran.exitCode === 0 || process.platform === 'win32';
  } catch {
    return false;
  }
}
