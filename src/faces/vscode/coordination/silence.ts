import * as vscode from 'vscode';
import type { Disposable } from '../../../core/base/disposable.ts';
import type { AboutCoordination } from '../contributions.ts';
import type { Services } from '../services/services.ts';

const problemKey = 'coordination.silencedProblem';

const listeners = new Set<() => void>();

/** Calls back when hints may be others than before: one was silenced, or what it was about was mended. */
export function onHintsChange(listener: () => void): Disposable {
  listeners.add(listener);
  return { dispose: () => void listeners.delete(listener) };
}

export function hintsChanged(): void {
  for (const listener of listeners) listener();
}

/** A hint about a project is not given again there; a problem of the hooks not before it is another one. */
export async function silence({ extension }: Services, { about }: AboutCoordination = {}): Promise<undefined> {
  const { project, title } = about ?? {};
  if (project === undefined) {
    await extension.globalState.update(problemKey, title);
    hintsChanged();
    return undefined;
  }
  const configuration = vscode.workspace.getConfiguration();
  const known = configuration.get<readonly string[]>('wheelhouse.coordination.silencedProjects') ?? [];
  if (!known.includes(project)) await configuration.update('wheelhouse.coordination.silencedProjects', [...known, project], vscode.ConfigurationTarget.Global);
  return undefined;
}

export function isSilenced({ extension }: Services, problem: string): boolean {
  return extension.globalState.get<string>(problemKey) === problem;
}
