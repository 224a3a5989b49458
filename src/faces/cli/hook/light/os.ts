/** What stands for `node:os` in the hook's bundle. To load that takes Node most of a millisecond, and where HOME is set nobody asks for it. */
import type * as NodeOs from 'node:os';

let loaded: typeof NodeOs | undefined;

/** Without `node:`, which is not exchanged for this file again. */
const NAME = 'os';

// eslint-disable-next-line @typescript-eslint/no-require-imports -- As in `crypto.ts`.
const real = (): typeof NodeOs => (loaded ??= require(NAME) as typeof NodeOs);

export const homedir = (): string => real().homedir();
export const hostname = (): string => real().hostname();
export const tmpdir = (): string => real().tmpdir();
