/**
 * Runs the latest work it was given once none was given for so many milliseconds. It keeps no process
 * alive: what is not done at exit is not done.
 */
export function afterQuiet(milliseconds: number): (work: () => void) => void {
  let timer: NodeJS.Timeout | undefined;
  return (work) => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
    timer.unref();
  };
}
