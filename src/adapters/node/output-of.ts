/**
 * What a small program of the system prints. The module that starts programs is loaded with the first
 * call: on Linux there is none, and an agent waits for the hook that this is part of.
 * @throws Error when it cannot be started or does not exit 0.
 */
export async function outputOf(program: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const [{ execFile }, { promisify }] = await Promise.all([import('node:child_process'), import('node:util')]);
  return (await promisify(execFile)(program, [...args], { env })).stdout;
}
