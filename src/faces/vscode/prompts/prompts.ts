import * as vscode from 'vscode';
import { DisposableStore } from '../../../core/base/disposable.ts';
import type { TimelineRequest } from '../../../protocol/timeline.ts';
import type { CommandId } from '../contributions.ts';
import type { Feature } from '../services/services.ts';
import { registerCommand, type Argument, type Result } from '../support/commands.ts';
import { timelinePanel } from './panels.ts';
import type * as Lazy from './prompts-lazy.ts';

const tabs: readonly NonNullable<TimelineRequest['tab']>[] = ['timeline', 'day', 'theatre', 'crawl', 'stats', 'table'];

/** The prompt history: the timeline, and the commands on prompts. Nothing of it is loaded before one is used. */
export const prompts: Feature = (services) => {
  const { errors } = services;
  const owned = new DisposableStore();
  let opening: Promise<{ lazy: typeof Lazy; face: Lazy.Face }> | undefined;
  const load = () => (opening ??= import('./prompts-lazy.ts').then((lazy) => ({ lazy, face: new lazy.Face(services) })));

  const command = <Id extends CommandId>(id: Id, run: (lazy: typeof Lazy, face: Lazy.Face, argument: Argument<Id> | undefined) => Promise<Result<Id>> | Result<Id>) =>
    owned.add(registerCommand(errors, id, async (argument) => {
      const { lazy, face } = await load();
      return run(lazy, face, argument);
    }));
  command('wheelhouse.prompts.openTimeline', (_lazy, face, argument) => {
    face.page.show(requestOf(argument));
    return undefined;
  });
  command('wheelhouse.prompts.stats', (_lazy, face) => {
    face.page.show({ tab: 'stats' });
    return undefined;
  });
  command('wheelhouse.prompts.sync', (lazy, face) => lazy.sync(face));
  command('wheelhouse.prompts.search', (lazy, face, argument) => lazy.search(face, argument));
  command('wheelhouse.prompts.rate', (lazy, face, argument) => lazy.rate(face, argument));
  command('wheelhouse.prompts.note', (lazy, face, argument) => lazy.note(face, argument));
  command('wheelhouse.prompts.publish', (lazy, face, argument) => lazy.publish(face, argument));
  command('wheelhouse.prompts.useTemplate', (lazy, face, argument) => lazy.useTemplate(face, argument));
  command('wheelhouse.prompts.topics', (lazy, face, argument) => lazy.topics(face, argument));
  command('wheelhouse.prompts.threads', (lazy, face, argument) => lazy.threads(face, argument));
  command('wheelhouse.prompts.saveExamples', (lazy, face, argument) => lazy.saveExamples(face, argument));
  command('wheelhouse.prompts.openForSession', (lazy, face, argument) => lazy.openForSession(face, argument));
  command('wheelhouse.prompts.exportTimeline', (lazy, face, argument) => lazy.exportTimeline(face, argument));
  command('wheelhouse.prompts.exportCsv', (lazy, face, argument) => lazy.exportCsv(face, argument));
  command('wheelhouse.prompts.exportJson', (lazy, face, argument) => lazy.exportJson(face, argument));
  command('wheelhouse.prompts.exportDatabase', (lazy, face, argument) => lazy.exportDatabase(face, argument));
  command('wheelhouse.prompts.importDatabase', (lazy, face, argument) => lazy.importDatabase(face, argument));

  owned.add(
    vscode.window.registerWebviewPanelSerializer(timelinePanel, {
      deserializeWebviewPanel: async (panel) => {
        await errors.guard(async () => (await load()).face.page.serve(panel));
      },
    }),
  );
  owned.add({ dispose: () => void opening?.then(({ face }) => face.dispose(), () => undefined) });
  return new vscode.Disposable(() => owned.dispose());
};

/** Of what a menu or another extension passes, what the page understands. */
function requestOf(argument: Argument<'wheelhouse.prompts.openTimeline'> | undefined): TimelineRequest {
  const tab = tabs.find((name) => name === argument?.tab);
  return {
    ...(tab !== undefined && { tab }),
    ...(typeof argument?.text === 'string' && { text: argument.text }),
    ...(typeof argument?.prompt === 'number' && { prompt: argument.prompt }),
  };
}
