// Asks for the services that its arguments name, on port 80 of localhost, until its standard input ends. Prints a line when
// it begins, and then a `LoadReport`.
import { startLoad } from '../demo/load.ts';
import type { ServiceLoad } from './load.ts';

/** Few and slow: there is one of each for every service on every host, and all of them share a machine. */
const PACE = { clients: 2, pauseMs: 60 };
const MAX_FAILURES = 5;

const loads = process.argv.slice(2).map((service) => {
  const failures: string[] = [];
  const onFailure = (what: string): void => {
    if (failures.length < MAX_FAILURES) failures.push(`${new Date().toISOString()} ${what}`);
  };
  return { service, failures, load: startLoad(service, 80, { ...PACE, onFailure }) };
});
console.log('begun');
process.stdin.resume();
process.stdin.once('end', () => {
  const results = loads.map(async ({ service, failures, load }): Promise<[string, ServiceLoad]> => {
    const { requests, failed } = await load.stop();
    return [service, { requests, failed, failures }];
  });
  void Promise.all(results).then((entries) => {
    console.log(JSON.stringify(Object.fromEntries(entries)));
    process.exit();
  });
});
