import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import { sessionGroupings, type CommandId, type SessionGrouping } from '../contributions.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand, type Argument, type Result } from '../support/commands.ts';
import { onSettingChange, setting } from '../support/settings.ts';
import { MarkdownPage } from '../support/markdownPage.ts';
import type * as Lazy from './sessions-lazy.ts';
import { SessionsView } from './treeView.ts';

type Loaded = typeof Lazy;

/** Starting up comes first. */
const START_MS = 400;
const groupingKey = 'sessions.groupBy';
const groupingNames: Readonly<Record<SessionGrouping, { label: string; detail: string }>> = {
  project: { label: 'Project', detail: 'Work trees of one repository together' },
  state: { label: 'State', detail: 'Waiting, error, done, idle, working, ended' },
  none: { label: 'Nothing', detail: 'One list, those that need you first' },
};

/**
 * The sessions of this machine: the view, and the commands on them. All that looks at sessions is
 * loaded a moment after the start, and only while something of it is shown.
 */
export const sessions: Feature = (services) => {
  const { extension, errors } = services;
  const owned = new DisposableStore();
  const view = owned.add(new SessionsView());
  const page = owned.add(new MarkdownPage('wheelhouse-session', 'Session State.md'));
  const grouping = () => extension.workspaceState.get<SessionGrouping>(groupingKey, 'project');
  let watching: Promise<Lazy.Watch> | undefined;
  /** The last watch is gone when this is resolved: there is never more than one. */
  let closing = Promise.resolve();
  let disposed = false;

  const load = () => import('./sessions-lazy.ts');
  const open = (): Promise<Lazy.Watch> => {
    if (watching) return watching;
    const opening = closing.then(load).then((lazy) => lazy.openWatch(services, view, grouping));
    opening.catch(() => {
      if (watching === opening) watching = undefined;
      view.show([], 0);
    });
    return (watching = opening);
  };
  const close = (): Promise<void> => {
    const open = watching;
    watching = undefined;
    if (open) closing = closing.then(async () => (await open.catch(() => undefined))?.close());
    return closing;
  };
  const isWanted = () => !disposed && (view.visible || setting('wheelhouse.sessions.statusBar') || setting('wheelhouse.sessions.notify'));
  const follow = () => void (isWanted() ? open() : close()).catch((error: unknown) => errors.show(error));
  const restart = async () => {
    await close();
    if (isWanted()) await open();
  };

  services.onClose(close);
  const timer = setTimeout(follow, START_MS);
  owned.add({ dispose: () => clearTimeout(timer) });
  owned.add(view.onDidChangeVisibility(follow));
  owned.add(onSettingChange(['wheelhouse.sessions.statusBar', 'wheelhouse.sessions.notify'], follow));
  owned.add(onSettingChange(['wheelhouse.sessions.tmuxSockets', 'wheelhouse.sessions.tmuxStatus'], () => void restart().catch((error: unknown) => errors.show(error))));

  const command = <Id extends CommandId>(id: Id, run: (lazy: Loaded, face: Lazy.Watch['face'], argument: Argument<Id> | undefined) => Promise<Result<Id>>) =>
    owned.add(registerCommand(errors, id, async (argument) => {
      try {
        return await run(await load(), (await open()).face, argument);
      } finally {
        if (!isWanted()) void close();
      }
    }));
  command('wheelhouse.sessions.jump', (lazy, face, argument) => lazy.jumpTo(face, argument));
  command('wheelhouse.sessions.jumpNextWaiting', (lazy, face) => lazy.jumpToNextWaiting(face));
  command('wheelhouse.sessions.explain', (lazy, face, argument) => lazy.explainSession(face, argument, page));
  command('wheelhouse.sessions.start', (lazy, face, argument) => lazy.startSession(face, argument));
  command('wheelhouse.sessions.rename', (lazy, face, argument) => lazy.renameSession(face, argument));
  command('wheelhouse.sessions.copyResume', (lazy, face, argument) => lazy.copyResume(face, argument));
  command('wheelhouse.sessions.revealTranscript', (lazy, face, argument) => lazy.revealTranscript(face, argument));
  command('wheelhouse.sessions.stop', (lazy, face, argument) => lazy.stopSession(face, argument));
  command('wheelhouse.sessions.mute', (lazy, face, argument) => lazy.setMuted(face, argument, true));
  command('wheelhouse.sessions.unmute', (lazy, face, argument) => lazy.setMuted(face, argument, false));
  owned.add(registerCommand(errors, 'wheelhouse.sessions.copyTmuxLines', async () => (await load()).copyTmuxLines()));
  owned.add(registerCommand(errors, 'wheelhouse.sessions.refresh', async () => {
    await restart();
    return undefined;
  }));
  owned.add(registerCommand(errors, 'wheelhouse.sessions.groupBy', async (argument) => {
    const by = argument?.by ?? (await pickGrouping(grouping()));
    if (by === undefined || !sessionGroupings.includes(by)) return undefined;
    await extension.workspaceState.update(groupingKey, by);
    (await open()).draw();
    return by;
  }));
  owned.add({
    dispose: () => {
      disposed = true;
      void close();
    },
  });
  return new vscode.Disposable(() => owned.dispose());
};

async function pickGrouping(current: SessionGrouping): Promise<SessionGrouping | undefined> {
  const entries = sessionGroupings.map((value) => ({ value, ...groupingNames[value], ...(value === current && { description: 'now' }) }));
  return (await vscode.window.showQuickPick(entries, { title: 'Group sessions by' }))?.value;
}
