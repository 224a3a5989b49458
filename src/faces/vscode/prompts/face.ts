/** What the commands and the page of prompts work with. */
import { historyOnly, claudePrompts } from '../../../adapters/node/prompts/claude-source.ts';
import { openPrompts, type Prompts } from '../../../adapters/node/prompts/prompts.ts';
import { claudeConfigFolder } from '../../../adapters/node/sessions/claude-config.ts';
import type { UserData } from '../../../adapters/node/user-data.ts';
import type { Services } from '../services/services.ts';
import { setting } from '../support/settings.ts';
import { OpenPrompts } from './opened.ts';
import { absolute } from './paths.ts';
import { withLateProgress } from './progress.ts';
import { TimelinePage } from './timelinePage.ts';

export class Face {
  readonly services: Services;
  readonly opened: OpenPrompts;
  readonly page: TimelinePage;

  constructor(services: Services) {
    this.services = services;
    this.opened = new OpenPrompts(async () => this.#open(await services.user.open()));
    this.page = new TimelinePage(this);
  }

  /** The prompts, with what is new taken in. */
  use<T>(work: (prompts: Prompts) => Promise<T>): Promise<T> {
    return this.opened.use(async (prompts) => {
      await withLateProgress('Reading prompts', () => prompts.sync());
      return work(prompts);
    });
  }

  user(): Promise<UserData> {
    return this.services.user.open();
  }

  dispose(): void {
    this.page.dispose();
  }

  #open(user: UserData): Prompts {
    const files = setting('wheelhouse.prompts.historyFiles').filter((path) => path.trim() !== '');
    return openPrompts(user, { sources: [claudePrompts(claudeConfigFolder(user.env)), ...files.map((path) => historyOnly(absolute(user.home, path)))] });
  }
}
