import { connectionsTo } from '../test/support/connections-to.ts';

/** Looks from time to time at how many there are; `stop` tells the most there were. */
export function watchConnections(port: number, pid: number): { readonly stop: () => number } {
  let most = 0;
  const look = (): void => {
    most = Math.max(most, connectionsTo(port, pid));
  };
  look();
  const timer = setInterval(look, 250);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}
