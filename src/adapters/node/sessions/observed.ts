import type { Session } from '../../../core/sessions/index.ts';
import type { Environment } from '../locations.ts';
import { nodeProcesses } from '../processes.ts';
import { openSessions } from './sessions.ts';

/** All sessions of this machine, as they are seen at this moment. */
export async function observeSessions(env: Environment, dataRoot: string): Promise<readonly Session[]> {
  const { monitor } = openSessions({ env, dataRoot, processes: nodeProcesses() });
  try {
    await monitor.start();
    return monitor.list();
  } finally {
    monitor.dispose();
  }
}
