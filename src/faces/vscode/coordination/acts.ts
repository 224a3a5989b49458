/** What a person can do about claims, barriers and blockers. Each asks before. */
import { stat } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import * as vscode from 'vscode';
import { openBoard, type Board } from '../../../adapters/node/coordination/board.ts';
import { resolveDataRoot } from '../../../adapters/node/locations.ts';
import { WheelhouseError } from '../../../core/base/errors.ts';
import type { AboutCoordination, CoordinationArgument } from '../contributions.ts';
import { literal } from '../sessions/texts.ts';
import { namesFor } from '../sessions/rows.ts';
import { directory } from '../sessions/directory.ts';
import { oneLine } from './details.ts';

type Done = { readonly done: boolean } | undefined;
const gone = () => new WheelhouseError('not-found', 'That is not there any more.');

export async function releaseClaim({ about, confirmed }: AboutCoordination = {}): Promise<Done> {
  const { fence, path } = about ?? {};
  if (fence === undefined) return undefined;
  const board = boardOf(about);
  const { claims } = await board.read();
  const claim = claims.find((each) => each.fence === fence && (path === undefined || each.paths.includes(path)));
  if (!claim) throw gone();
  const what = path ?? claim.paths.join(', ');
  const reason = claim.why === '' ? '' : ` Its reason: “${oneLine(claim.why)}”.`;
  const detail = claim.session === 'user' ? 'You hold it.' : `${sayName(claim.session)} holds it.${reason} It may be in the middle of a change, and is not told: when it comes back to the file, another session may have changed it.`;
  if (!(await agreed(confirmed, `Release ${sayText(what)}?`, detail, 'Release'))) return { done: false };
  await board.releaseClaim(fence, path === undefined ? undefined : [path]);
  return { done: true };
}

export async function breakBarrier({ about, confirmed }: AboutCoordination = {}): Promise<Done> {
  const name = about?.barrier;
  if (name === undefined) return undefined;
  const board = boardOf(about);
  const barrier = (await board.read()).barriers.find((each) => each.name === name && each.state === 'waiting');
  if (!barrier) throw gone();
  const waiting = [...new Set(barrier.waiters.map(({ session }) => session))].map(sayName);
  const detail = `${barrier.arrived.length} of ${barrier.count} have arrived. ${waiting.length === 0 ? 'Nobody waits there now; who comes is told that you broke it.' : `${waiting.join(', ')} ${waiting.length === 1 ? 'waits there, is' : 'wait there, are'} told that you broke it, and ${waiting.length === 1 ? 'goes' : 'go'} on.`}`;
  if (!(await agreed(confirmed, `Break the barrier “${sayText(name)}”?`, detail, 'Break'))) return { done: false };
  await board.breakBarrier(name);
  return { done: true };
}

export async function resolveBlocker({ about, confirmed }: AboutCoordination = {}): Promise<Done> {
  const id = about?.blocker;
  if (id === undefined) return undefined;
  const board = boardOf(about);
  const found = (await board.read()).sessions.flatMap(({ session, blockers }) => blockers.map((blocker) => ({ session, ...blocker }))).find((blocker) => blocker.id === id);
  if (!found) throw gone();
  const by = found.on === null ? '' : `, by ${sayName(found.on)}`;
  if (!(await agreed(confirmed, 'Resolve this blocker?', `${sayName(found.session)} is blocked${by}: “${sayText(found.text)}”.`, 'Resolve'))) return { done: false };
  await board.resolveBlocker(id);
  return { done: true };
}

/** Opens a file, shows a folder; what a glob stands for is shown by the search for files. */
export async function openClaimed({ about }: AboutCoordination = {}): Promise<undefined> {
  const { worktree, path } = about ?? {};
  if (worktree === undefined || path === undefined || !isAbsolute(worktree)) return undefined;
  const full = normalize(join(worktree, path));
  if (!full.startsWith(normalize(join(worktree, '/')))) throw new WheelhouseError('refused', 'That path leads out of its work tree.');
  const uri = vscode.Uri.file(full);
  const found = await stat(full).catch(() => undefined);
  if (found?.isFile() === true) await vscode.window.showTextDocument(uri, { preview: true });
  else if (found?.isDirectory() === true) await vscode.commands.executeCommand('revealInExplorer', uri);
  else if (/[*?]/.test(path)) await vscode.commands.executeCommand('workbench.action.quickOpen', path.replace(/[*?]+/g, ' ').trim());
  else throw new WheelhouseError('not-found', `${oneLine(path)} is not there yet: it was claimed before it was written.`);
  return undefined;
}

function boardOf(about: CoordinationArgument | undefined): Board {
  if (about?.repository === undefined || !isAbsolute(about.repository)) throw new WheelhouseError('usage', 'Which repository is meant was not said.');
  return openBoard(resolveDataRoot(process.env).path, about.repository, process.env);
}

async function agreed(confirmed: boolean | undefined, question: string, detail: string, yes: string): Promise<boolean> {
  return confirmed === true || (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

const sayText = (text: string) => literal(oneLine(text));
const sayName = (id: string) => sayText(namesFor(directory.list())(id));
